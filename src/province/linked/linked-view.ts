/** Reading the parts of linked filings. */
import { type Db, statement } from "#kit/db.ts";
import type { LinkedPartView } from "./linked.ts";

const COLUMNS = `p.whole_id as "wholeId", p.code, p.position, p.waits_for as "waitsFor", p.procedure, p.agency,
  p.dossier_id as "dossierId", p.province, p.conversation, p.opened_at is not null as opened,
  p.released_at is not null as released, p.withdrawal_told_at is not null as "withdrawalTold",
  p.ended_because as "endedBecause", coalesce(d.number, (p.told ->> 'number')::bigint) as number,
  coalesce(d.code, p.told ->> 'code') as "officialCode", coalesce(d.state, p.told ->> 'state') as state,
  coalesce(d.ending, p.told ->> 'ending') as ending, coalesce(d.reason, p.told ->> 'reason') as reason,
  d.linked_hold as hold, coalesce(d.fee_state, 'none') as "feeState",
  coalesce(d.result_signed, (p.told ->> 'resultSigned')::boolean, false) as "resultSigned", d.result_id as "resultId",
  coalesce(case when p.dossier_id is null
      then p.told ->> 'state' = 'returned' and jsonb_typeof(p.told -> 'result') = 'object'
      else d.state = 'returned' and d.result_file is not null end, false) as "hasResult",
  coalesce(d.received_at, (p.told ->> 'receivedAt')::timestamptz) as "receivedAt",
  coalesce(d.due_at, (p.told ->> 'dueAt')::timestamptz) as "dueAt",
  p.dues, coalesce(d.officer ->> 'name', p.told ->> 'officer') as officer, coalesce(d.version, 0) as version, p.told`;

const ofWholes = statement<LinkedPartView, [wholes: string[]]>(
  "linked.parts",
  `select ${COLUMNS} from linked_part p left join dossier d on d.id = p.dossier_id
   where p.whole_id = any ($1::uuid[]) order by p.whole_id, p.position limit 1200`,
);

/** Parts of linked filings, in the order of their definitions; at most a hundred filings. */
export function listParts(db: Db, wholeIds: readonly string[]): Promise<LinkedPartView[]> {
  return wholeIds.length === 0 ? Promise.resolve([]) : db.many(ofWholes, [wholeIds.slice(0, 100)]);
}
