import { type Db, statement } from "#kit/db.ts";
import type { DifferenceKind, Side } from "./reconciliation.ts";

const COLUMNS = `d.id, d.kind, d.line, d.reference, d.is_refund as "isRefund", d.ours, d.theirs, d.found_at as "foundAt",
  i.provider, i.file_name as "fileName",
  (select count(*)::int from reconciliation_action c where c.difference_id = d.id and c.action = 'asked') as asked`;
const OPEN = "not exists (select 1 from reconciliation_action c where c.difference_id = d.id and c.action <> 'asked')";

const selectOpen = statement<DifferenceRow, [after: string | null]>(
  "reconciliation.list-open",
  `select ${COLUMNS} from reconciliation_difference d join reconciliation_import i on i.id = d.import_id
   where ${OPEN} and ($1::uuid is null or (d.found_at, d.id) > (select x.found_at, x.id from reconciliation_difference x where x.id = $1))
   order by d.found_at, d.id limit 51`,
);

const selectOne = statement<DifferenceRow & { open: boolean; attemptId: string | null }, [id: string]>(
  "reconciliation.find-difference",
  `select ${COLUMNS}, ${OPEN} as open,
     (select a.id from payment_attempt a where a.provider = i.provider and a.provider_order = d.reference and not d.is_refund) as "attemptId"
   from reconciliation_difference d join reconciliation_import i on i.id = d.import_id where d.id = $1`,
);

const selectImports = statement<ImportSummary, []>(
  "reconciliation.list-imports",
  `select i.id, i.provider, i.file_name as "fileName", i.lines_loaded as rows, i.matched, i.compared_at as "comparedAt",
     (select count(*)::int from reconciliation_difference d where d.import_id = i.id) as differences,
     (select count(*)::int from reconciliation_difference d where d.import_id = i.id and ${OPEN}) as open
   from reconciliation_import i where i.loaded_at is not null or i.lines_loaded > 0 order by i.n desc limit 30`,
);

const answerCall = statement<
  { word: AnswerWord },
  [
    id: string,
    action: string,
    operator: string,
    note: string,
    debit: string | null,
    credit: string | null,
    amount: number | null,
  ]
>("reconciliation.answer", "select reconciliation_answer($1, $2, $3, $4, $5, $6, $7) as word");

export interface DifferenceRow {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly line: number | null;
  readonly reference: string;
  readonly isRefund: boolean;
  readonly ours: Side | null;
  readonly theirs: Side | null;
  readonly foundAt: Date;
  readonly provider: string;
  readonly fileName: string;
  readonly asked: number;
}

export interface ImportSummary {
  readonly id: string;
  readonly provider: string;
  readonly fileName: string;
  readonly rows: number;
  readonly matched: number | null;
  readonly comparedAt: Date | null;
  readonly differences: number;
  readonly open: number;
}

export type AnswerWord = "done" | "already" | "unknown" | "cannot-book";

const PAGE = 50;

/** Open differences, oldest first, fifty at a time; `next` is the id to go on after. */
export async function listOpenDifferences(
  db: Db,
  after: string | undefined,
): Promise<{ rows: readonly DifferenceRow[]; next: string | undefined }> {
  const found = await db.many(selectOpen, [after ?? null]);
  const rows = found.slice(0, PAGE);
  return { rows, next: found.length > PAGE ? rows.at(-1)?.id : undefined };
}

export function findDifference(
  db: Db,
  id: string,
): Promise<(DifferenceRow & { open: boolean; attemptId: string | null }) | undefined> {
  return db.maybe(selectOne, [id]);
}

/** The latest thirty files. */
export function listImports(db: Db): Promise<ImportSummary[]> {
  return db.many(selectImports, []);
}

export async function putAnswer(
  db: Db,
  answer: {
    id: string;
    action: "asked" | "settled" | "booked" | "explained";
    operatorId: string;
    note: string;
    booking?: { debit: string; credit: string; amount: number };
  },
): Promise<AnswerWord> {
  const { id, action, operatorId, note, booking } = answer;
  const params = [
    id,
    action,
    operatorId,
    note,
    booking?.debit ?? null,
    booking?.credit ?? null,
    booking?.amount ?? null,
  ] as const;
  return (await db.one(answerCall, [...params])).word;
}
