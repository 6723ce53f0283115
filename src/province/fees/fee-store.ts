import { type Database, type Db, statement } from "#kit/db.ts";
import type { PaymentRequest } from "./fee.ts";

const REQUEST = `r.id, r.obligation_id as "obligationId", o.dossier_id as "dossierId", r.reference, r.amount, r.state,
  r.pay_url as "payUrl", r.ask_count as "askCount", r.created_at as "createdAt"`;

const requestCall = statement<
  { word: RequestWord; requestId: string | null },
  [tenant: string, dossier: string, id: string, reference: string, firstAskAt: Date]
>("fees.request", `select word, request_id as "requestId" from fee_request($1, $2, $3, $4, $5)`);

const groupRequestCall = statement<
  { word: RequestWord; requestId: string | null },
  [tenant: string, obligations: readonly string[], id: string, reference: string, firstAskAt: Date]
>("fees.request-parts", `select word, request_id as "requestId" from fee_request_parts($1, $2::uuid[], $3, $4, $5)`);

const settleCall = statement<
  FeeSettlement,
  [
    tenant: string,
    reference: string,
    hubTransaction: string,
    paid: boolean,
    amount: number,
    errorCode: string,
    bank: string,
    occurredAt: Date,
    source: string,
    raw: string,
  ]
>(
  "fees.settle",
  `select verdict, dossier_id as "dossierId", settlement_id as "settlementId"
   from fee_settle($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

const selectRequest = statement<PaymentRequest, [id: string]>(
  "fees.find-request",
  `select ${REQUEST} from payment_request r join obligation o on o.id = r.obligation_id where r.id = $1`,
);

const selectRequestByReference = statement<PaymentRequest, [reference: string]>(
  "fees.find-request-by-reference",
  `select ${REQUEST} from payment_request r join obligation o on o.id = r.obligation_id where r.reference = $1`,
);

const updateOpened = statement<unknown, [id: string, payUrl: string]>(
  "fees.mark-opened",
  `update payment_request set state = case state when 'initiated' then 'open' else state end, pay_url = $2, changed_at = now()
   where id = $1 and state in ('initiated', 'open', 'verifying')`,
);

/** The next question, and a state that the hub's answer made; a paid request stays paid. */
const updateAsked = statement<unknown, [id: string, state: string, nextAskAt: Date | null]>(
  "fees.mark-asked",
  `update payment_request set next_ask_at = $3, state = $2, changed_at = case when state = $2 then changed_at else now() end
   where id = $1 and state <> 'paid'`,
);

const claimDue = statement<{ id: string }, [limit: number]>(
  "fees.claim-due",
  `update payment_request set next_ask_at = now() + interval '20 seconds', ask_count = ask_count + 1
   where id in (select id from payment_request where next_ask_at <= now() order by next_ask_at limit $1 for update skip locked)
   returning id`,
);

const insertEvidence = statement<unknown, [source: string, reason: string, raw: string]>(
  "fees.insert-evidence",
  // A flood of rubbish must not fill the disk: beyond 600 a minute the first ones are evidence enough.
  `insert into payment_evidence (source, reason, raw) select $1, $2, left($3, 20000)
   where coalesce((select e.received_at < clock_timestamp() - interval '1 minute'
     from payment_evidence e order by e.id desc offset 599 limit 1), true)`,
);

export type RequestWord = "started" | "active" | "paid" | "nothing-due" | "dossier-over";

export type FeeVerdict = "settled" | "overpaid" | "failed" | "already" | "unknown-reference" | "amount-differs";

export interface FeeSettlement {
  readonly verdict: FeeVerdict;
  readonly dossierId: string | null;
  readonly settlementId: string | null;
}

/** Opens a request, or answers the unfinished one; see the function's words in the migration. */
export function putRequest(
  database: Database,
  request: { tenant: string; dossierId: string; id: string; reference: string; firstAskAt: Date },
): Promise<{ word: RequestWord; requestId: string | null }> {
  const { tenant, dossierId, id, reference, firstAskAt } = request;
  return database.one(requestCall, [tenant, dossierId, id, reference, firstAskAt]);
}

/** The same for obligations of several dossiers, paid with one request. */
export function putGroupRequest(
  database: Database,
  request: { tenant: string; obligations: readonly string[]; id: string; reference: string; firstAskAt: Date },
): Promise<{ word: RequestWord; requestId: string | null }> {
  const { tenant, obligations, id, reference, firstAskAt } = request;
  return database.one(groupRequestCall, [tenant, obligations, id, reference, firstAskAt]);
}

export interface SettleFee {
  readonly tenant: string;
  readonly reference: string;
  readonly hubTransaction: string;
  readonly paid: boolean;
  readonly amount: number;
  readonly errorCode: string;
  readonly bank: string;
  readonly occurredAt: Date;
  /** confirm or query */
  readonly source: string;
  readonly raw: string;
}

export function settleInDatabase(database: Database, input: SettleFee): Promise<FeeSettlement> {
  return database.one(settleCall, [
    input.tenant,
    input.reference,
    input.hubTransaction,
    input.paid,
    input.amount,
    input.errorCode,
    input.bank,
    input.occurredAt,
    input.source,
    input.raw,
  ]);
}

/** `db` is the tenant's in everything below. */
export function findRequest(db: Db, id: string): Promise<PaymentRequest | undefined> {
  return db.maybe(selectRequest, [id]);
}

export function findRequestByReference(db: Db, reference: string): Promise<PaymentRequest | undefined> {
  return db.maybe(selectRequestByReference, [reference]);
}

export async function markOpened(db: Db, id: string, payUrl: string): Promise<void> {
  await db.run(updateOpened, [id, payUrl]);
}

export async function markAsked(
  db: Db,
  id: string,
  state: PaymentRequest["state"],
  nextAskAt: Date | undefined,
): Promise<void> {
  await db.run(updateAsked, [id, state, nextAskAt ?? null]);
}

/** Takes requests whose time to be asked about has come, each for one process at a time. */
export async function claimDueRequests(db: Db, limit: number): Promise<string[]> {
  return (await db.many(claimDue, [limit])).map((row) => row.id);
}

export async function keepEvidence(db: Db, source: string, reason: string, raw: string): Promise<void> {
  await db.run(insertEvidence, [source, reason, raw]);
}
