/** What is wrong with a row, each with the column it stands in. Pure. */
import type { Text } from "#kit/i18n.ts";
import { deliveryForm, type FilingProcedure } from "#province/dossiers/index.ts";
import {
  type Answers,
  type FieldError,
  type FormContext,
  type FormDefinition,
  pruneAnswers,
  requiredComponents,
  validateAnswers,
} from "#province/forms/index.ts";
import type { Component } from "#province/procedure/index.ts";
import { type BatchFile, type Cells, fileKey, namesIn, type RowError } from "./batch.ts";
import { bulkTexts } from "./messages.ts";
import { answersOf } from "./sheet-cells.ts";
import type { SheetColumn } from "./sheet-columns.ts";

/** What rows of one batch are held against. */
export interface RowScale {
  readonly procedure: FilingProcedure;
  /** Every column that a sheet of this procedure may have, by id. */
  readonly columns: ReadonlyMap<string, SheetColumn>;
  readonly context: FormContext;
  /** Papers of the batch by their key. */
  readonly papers: ReadonlyMap<string, BatchFile>;
}

export interface CheckedRow {
  readonly answers: Answers;
  readonly errors: readonly RowError[];
  /** The papers of this row, under the component each is handed in as. */
  readonly files: readonly (Omit<BatchFile, "key"> & { readonly component: string })[];
}

export function formsOf(procedure: FilingProcedure): readonly FormDefinition[] {
  return [procedure.form, deliveryForm("provincial-portal").form];
}

export function checkRow(scale: RowScale, cells: Cells): CheckedRow {
  const { procedure, context, columns } = scale;
  const forms = formsOf(procedure);
  const answers = answersOf(forms, columns, cells);
  const faults = forms.flatMap((form) => validateAnswers(form, answers, context).errors);
  const pruned = pruneAnswers(procedure.form, answers, context);
  const asked = requiredComponents(procedure.definition, pruned, { ...context, way: "online" });
  const errors: RowError[] = faults.map((fault) => ({ column: columnOf(fault, columns), message: fault.message }));
  const files: CheckedRow["files"][number][] = [];
  for (const { component, required } of asked) {
    const names = namesIn(cells[`file.${component.code}`]);
    if (required && names.length === 0) errors.push(paperError(component, bulkTexts.paperMissing(component.name)));
    for (const name of names) {
      const paper = scale.papers.get(fileKey(name));
      if (!paper) errors.push(paperError(component, bulkTexts.paperNotSent(name)));
      else files.push({ ...withoutKey(paper), component: component.code });
    }
  }
  return { answers, errors, files };
}

function withoutKey({ name, sha256, size, mediaType }: BatchFile): Omit<BatchFile, "key"> {
  return { name, sha256, size, mediaType };
}

function paperError(component: Component, message: Text): RowError {
  return { column: `file.${component.code}`, message };
}

/** The column of a control; of the first part where the fault lies on the whole question; "" when it has none. */
function columnOf(fault: FieldError, columns: ReadonlyMap<string, SheetColumn>): string {
  if (columns.has(fault.field)) return fault.field;
  return [...columns.keys()].find((id) => id.startsWith(`${fault.field}.`)) ?? "";
}
