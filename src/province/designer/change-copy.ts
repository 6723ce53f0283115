/** Changes to a working copy. Each is one revision; two people at once never overwrite each other unseen. */
import { isDeepStrictEqual } from "node:util";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { newId } from "#kit/ids.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { getProcedureForm, getProcedureVersion } from "#province/catalogue/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import {
  type Content,
  parentOf,
  type Place,
  placeName,
  thingAt,
  type Thing,
  withParent,
  withThing,
} from "./content.ts";
import { FIELDS } from "./field-specs.ts";
import { readThing } from "./field-inputs.ts";
import { type Inputs, nameOf } from "./field-values.ts";
import { type Editor, endCopy, writeCopy, writeRevision } from "./working-copy-store.ts";
import { findCopy, findLastVersion, findRevision, type WorkingCopy } from "./working-copy-view.ts";
import { formText } from "#kit/http/index.ts";

export interface DesignerRoom {
  readonly tenant: Tenant;
  readonly database: Database;
}

const TRIES = 5;

/** What a version holds; undefined for one that was never published. */
export async function contentOfVersion(
  room: DesignerRoom,
  code: string,
  version: number,
): Promise<Content | undefined> {
  const db = room.database.forTenant(room.tenant.code);
  const [published, form] = await Promise.all([
    getProcedureVersion(db, code, version),
    getProcedureForm(db, code, version),
  ]);
  if (!published) return undefined;
  const { version: _version, ...definition } = published;
  return { definition, form: form as FormDefinition | null };
}

/** Begins a copy of the newest published version, or takes up the one that is open. False: nothing is published under the code. */
export async function startCopy(room: DesignerRoom, code: string, editor: Editor): Promise<boolean> {
  const db = room.database.forTenant(room.tenant.code);
  if (await findCopy(db, code)) return true;
  const baseVersion = await findLastVersion(db, code);
  const content = baseVersion === null ? undefined : await contentOfVersion(room, code, baseVersion);
  if (!content) return false;
  await beginCopy(room, code, content, baseVersion, editor);
  return true;
}

/** Gives a working copy up; its revisions stay. False when somebody changed it since. */
export function discardCopy(
  room: DesignerRoom,
  copy: Editor & { readonly code: string; readonly copy: string; readonly revision: number },
): Promise<boolean> {
  return room.database.tx((db) => endCopy(db, room.tenant.code, copy));
}

/** False when somebody has begun one already. */
export function beginCopy(
  room: DesignerRoom,
  code: string,
  content: Content,
  baseVersion: number | null,
  editor: Editor,
): Promise<boolean> {
  const { definition, form } = content;
  const copy = { code, id: newId(), baseVersion, definition: { ...definition, code }, form, ...editor };
  return room.database.tx((db) => writeCopy(db, room.tenant.code, copy));
}

export function openCopy(room: DesignerRoom, code: string): Promise<WorkingCopy | undefined> {
  return findCopy(room.database.forTenant(room.tenant.code), code);
}

export type Changed =
  | { readonly ok: true; readonly revision: number; readonly changed: boolean }
  | { readonly ok: false; readonly reason: "no-copy" };

/**
 * Applies a change to the copy as it is now, again when somebody else's came in between. A change that leaves everything
 * as it was makes no revision.
 */
export async function changeCopy(
  room: DesignerRoom,
  code: string,
  editor: Editor,
  place: string,
  change: (content: Content, copy: WorkingCopy) => Content,
  baseVersion?: number,
): Promise<Changed> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const copy = await openCopy(room, code);
    if (!copy) return { ok: false, reason: "no-copy" };
    const next = change({ definition: copy.definition, form: copy.form }, copy);
    const base = baseVersion ?? copy.baseVersion;
    if (base === copy.baseVersion && isDeepStrictEqual([next.definition, next.form], [copy.definition, copy.form]))
      return { ok: true, revision: copy.revision, changed: false };
    const revision = await writeNext(room, copy, next, { place, base }, editor);
    if (revision !== undefined) return { ok: true, revision, changed: true };
  }
  throw new AppError("unavailable", { message: "the working copy is being changed by others all the time" });
}

function writeNext(
  room: DesignerRoom,
  copy: WorkingCopy,
  { definition, form }: Content,
  { place, base }: { readonly place: string; readonly base: number | null },
  editor: Editor,
): Promise<number | undefined> {
  const { code, id, revision } = copy;
  const change = {
    code,
    copy: id,
    revision,
    baseVersion: base,
    definition,
    form,
    place: place.slice(0, 200),
    ...editor,
  };
  return room.database.tx((db) => writeRevision(db, room.tenant.code, change));
}

export type SavedThing =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly reason: "invalid"; readonly errors: readonly PageError[] }
  /** Somebody else changed the same thing since this page was opened; nothing was saved. */
  | { readonly ok: false; readonly reason: "conflict"; readonly now: Thing; readonly yours: Thing; readonly by: string }
  | { readonly ok: false; readonly reason: "gone" };

/** Saves one thing as its page was posted. `revision`: the copy's when the page was opened. */
export async function saveThing(
  room: DesignerRoom,
  code: string,
  editor: Editor,
  post: { readonly place: Place; readonly revision: number; readonly inputs: Inputs; readonly lang: Lang },
): Promise<SavedThing> {
  const { place, revision, inputs, lang } = post;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const copy = await openCopy(room, code);
    const now = copy && thingAt(copy, place);
    if (!copy || !now) return { ok: false, reason: "gone" };
    const opened =
      revision === copy.revision
        ? copy
        : await findRevision(room.database.forTenant(room.tenant.code), copy.id, revision);
    const before = (opened && thingAt(opened, place)) ?? now;
    const read = readThing(place.kind, before, inputs, copy.form, lang);
    if (read.errors.length > 0) return { ok: false, reason: "invalid", errors: read.errors };
    if (
      !isDeepStrictEqual(ownParts(place, now), ownParts(place, before)) &&
      !isDeepStrictEqual(ownParts(place, now), ownParts(place, read.thing))
    )
      return {
        ok: false,
        reason: "conflict",
        now: ownParts(place, now),
        yours: ownParts(place, read.thing),
        by: copy.changedName,
      };
    const saved = withThing(copy, place, mergedThing(place, now, read.thing));
    const next = withParent(saved, place, formText(inputs, nameOf("parent")) || parentOf(saved, place));
    if (isDeepStrictEqual([next.definition, next.form], [copy.definition, copy.form]))
      return { ok: true, changed: false };
    const written = await writeNext(room, copy, next, { place: placeName(place), base: copy.baseVersion }, editor);
    if (written !== undefined) return { ok: true, changed: true };
  }
  throw new AppError("unavailable", { message: "the working copy is being changed by others all the time" });
}

/** What a thing's page edits: not the sections of a page, nor the lists of the procedure. */
function ownParts({ kind }: Place, thing: Thing): Thing {
  const own = ownKeys(kind);
  return Object.fromEntries(Object.entries(thing).filter(([key]) => own.has(key)));
}

function mergedThing({ kind }: Place, now: Thing, edited: Thing): Thing {
  const own = ownKeys(kind);
  return Object.fromEntries([
    ...Object.entries(now).filter(([key]) => !own.has(key)),
    ...Object.entries(edited).filter(([key]) => own.has(key)),
  ]);
}

function ownKeys(kind: Place["kind"]): ReadonlySet<string> {
  return new Set(FIELDS[kind].map(({ key }) => key.split(".")[0] ?? key));
}
