/**
 * The comparison that ends every fault test: the stand-ins' own journals, which the product cannot write, against attempts,
 * settlements and ledger of the hub, and against requests, settlements, ledger, fee states, histories and receipts of the
 * province. Row by row, in both directions; answers what is wrong.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { bankLines, captures, givenBack } from "./journals.ts";
import type { Street } from "./payment-street.ts";
import type { Violation } from "./tally.ts";

/** What must be empty, by promise. Each row says what it is about in `what`. */
const HUB: readonly [promise: string, why: string, sql: string][] = [
  [
    "P1",
    "an order with two kept settlements",
    "select order_id what from settlement where kept group by order_id having count(*) > 1",
  ],
  [
    "P1",
    "a provider's transaction settled twice",
    "select provider_transaction what from settlement group by provider, provider_transaction having count(*) > 1",
  ],
  [
    "P1",
    "a settlement without exactly one ledger transaction",
    `select s.id what from settlement s left join ledger_transaction t
     on t.subject = s.id and t.kind in ('settlement', 'overpayment') group by s.id having count(t.id) <> 1`,
  ],
  [
    "P7",
    "a ledger transaction that is not zero",
    "select transaction_id what from ledger_entry group by transaction_id having sum(amount) <> 0",
  ],
  [
    "P7",
    "clearing is not what was captured less what was given back, what the bank has credited and what is in dispute or lost",
    `select p.provider what from (select provider, sum(amount) total from settlement group by provider) p
     where p.total - (select coalesce(sum(r.amount), 0) from refund r join settlement s on s.id = r.settlement_id
       where r.state = 'refunded' and not r.by_hand and s.provider = p.provider)
       - (select coalesce(sum(l.amount), 0) from bank_statement_line l where l.outcome = 'matched' and p.provider = 'vietqr')
       - (select coalesce(sum(d.amount), 0) from dispute d join settlement s on s.id = d.settlement_id
         where s.provider = p.provider and d.state in ('open', 'answered', 'lost'))
     <> (select coalesce(sum(e.amount), 0) from ledger_entry e where e.account = 'clearing:' || p.provider)`,
  ],
  [
    "P8",
    "what is owed back to payers and senders is not what was promised less what has left",
    `select 'refunds-payable' what where (select coalesce(-sum(amount), 0) from ledger_entry where account = 'refunds-payable') <>
       (select coalesce(sum(d.amount), 0) from refund_due d)
       + (select coalesce(sum(r.amount), 0) from refund r join settlement s on s.id = r.settlement_id
         where s.kept and r.state in ('approved', 'sending', 'refunded'))
       + (select coalesce(sum(l.amount), 0) from statement_proposal p join bank_statement_line l on l.id = p.line_id
         where p.kind = 'return' and p.state = 'approved')
       - (select coalesce(sum(r.amount), 0) from refund r where r.state = 'refunded')
       - (select coalesce(sum(h.amount), 0) from hand_transfer h where h.state = 'confirmed' and h.proposal_id is not null)`,
  ],
  [
    "P8",
    "more given back than was captured",
    `select s.id what from settlement s join refund r on r.settlement_id = s.id
     where r.state = 'refunded' group by s.id having sum(r.amount) > s.amount`,
  ],
  [
    "P7",
    "a second success that is not in the refund queue",
    "select id what from settlement s where not kept and not exists (select from refund_due r where r.settlement_id = s.id)",
  ],
  [
    "P13",
    "an attempt's state and its settlement disagree",
    `select a.id what from payment_attempt a left join settlement s on s.attempt_id = a.id
     where (a.state = 'succeeded') <> (s.id is not null)`,
  ],
  [
    "P13",
    "an order's state and its kept settlement disagree",
    `select o.id what from payment_order o left join settlement s on s.order_id = o.id and s.kept
     where (o.state = 'paid') <> (s.id is not null)`,
  ],
  [
    "P13",
    "an attempt whose history does not end where it stands",
    `select a.id what from payment_attempt a where a.state is distinct from
     (select h.to_state from payment_history h where h.attempt_id = a.id order by h.id desc limit 1)`,
  ],
  [
    "P13",
    "an order whose history's chain is broken",
    "select id what from payment_order where payment_history_broken(id) is not null",
  ],
  [
    "P13",
    "a settlement without its audit row",
    `select s.attempt_id what from settlement s where (select count(*) from audit
     where action = 'payment.captured' and subject = s.attempt_id::text) <> 1`,
  ],
  ["P11", "a job that was given up", "select id what from job where failed_at is not null"],
];

const PROVINCE: readonly [promise: string, why: string, sql: string][] = [
  [
    "P1",
    "an obligation with two kept settlements",
    "select obligation_id what from settlement where kept group by obligation_id having count(*) > 1",
  ],
  [
    "P7",
    "a ledger transaction that is not zero",
    "select transaction_id what from ledger_entry group by transaction_id having sum(amount) <> 0",
  ],
  [
    "P7",
    "receivable is not what is still due",
    `select 'receivable' what where (select coalesce(sum(amount), 0) from ledger_entry where account = 'receivable')
     <> (select coalesce(sum(total), 0) from obligation where state = 'due')`,
  ],
  [
    "P7",
    "at the hub is not what came through it less what it gave back and what was lost",
    `select 'hub-clearing' what where (select coalesce(sum(amount), 0) from ledger_entry where account = 'hub-clearing') <>
       (select coalesce(sum(s.amount), 0) from settlement s where s.attempt_id is not null)
       - (select coalesce(sum(d.amount), 0) from refund_decision q join refund_due d on d.id = q.refund_due_id
         join settlement s on s.id = d.settlement_id where q.state = 'done' and s.attempt_id is not null)
       - (select coalesce(sum(amount), 0) from payment_dispute where consequence in ('reopened', 'written-off'))`,
  ],
  [
    "P11",
    "a paid dossier without exactly one step in its history",
    `select d.id what from dossier d where d.fee_state = 'paid' and
     (select count(*) from dossier_history h where h.dossier_id = d.id and h.action = 'mark-fee-paid') <> 1`,
  ],
  [
    "P13",
    "a dossier's fee state and its settlement disagree",
    `select d.id what from dossier d join obligation o on o.dossier_id = d.id
     left join settlement s on s.obligation_id = o.id and s.kept
       and not exists (select from payment_dispute p where p.attempt_id = s.attempt_id and p.consequence = 'reopened')
     where (d.fee_state = 'paid') <> (s.id is not null)`,
  ],
  [
    "P1",
    "receipts that are not what was settled",
    `select s.id what from settlement s where s.kept and
     s.amount <> (select coalesce(sum(r.amount), 0) from receipt r where r.settlement_id = s.id)`,
  ],
  [
    "P1",
    "a receipt without a kept settlement",
    "select r.id what from receipt r where not exists (select from settlement s where s.id = r.settlement_id and s.kept)",
  ],
  [
    "P15",
    "a gap in receipt numbers",
    "select series what from receipt group by tenant, form, series having count(*) <> max(number) or min(number) <> 1",
  ],
  ["P11", "a job that was given up", "select id what from job where failed_at is not null"],
];

/** Everything that is wrong now; call it when the street is quiet. */
export async function compareBooks(street: Street): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const [building, rules] of [
    ["national", HUB],
    ["province", PROVINCE],
  ] as const) {
    for (const [promise, why, sql] of rules) {
      for (const row of await street.rows<{ what: string }>(building, sql))
        found.push({ promise, what: `${building}: ${why}: ${row.what}` });
    }
  }
  const settled = await street.rows<{ key: string; hub: string; amount: number; kept: boolean }>(
    "national",
    `select concat_ws(' ', s.provider, a.provider_order, s.provider_transaction, s.amount) as key, a.hub_transaction as hub,
       s.amount::int as amount, s.kept from settlement s join payment_attempt a on a.id = s.attempt_id`,
  );
  const theirs = captures(street).map(
    ({ provider, order, transaction, amount }) => `${provider} ${order} ${transaction} ${amount}`,
  );
  found.push(
    ...differences(
      "P2",
      "captured, and the hub does not know",
      theirs,
      settled.map((row) => row.key),
    ),
  );
  found.push(
    ...differences(
      "P3",
      "settled, and nobody captured it",
      settled.map((row) => row.key),
      theirs,
    ),
  );
  found.push(
    ...(await compareRefunds(street)),
    ...(await compareHandTransfers(street)),
    ...(await compareWishes(street)),
    ...(await compareDisputes(street)),
    ...(await compareStatement(street)),
  );
  const applied = await street.rows<{ key: string }>(
    "province",
    `select a.hub_transaction || ' ' || sum(s.amount) as key from settlement s join payment_attempt a on a.id = s.attempt_id group by a.hub_transaction`,
  );
  const kept = settled.filter((row) => row.kept).map((row) => `${row.hub} ${row.amount}`);
  const ours = applied.map((row) => row.key);
  found.push(...differences("P2", "the hub has it, the dossier does not", kept, ours));
  const all = settled.map((row) => `${row.hub} ${row.amount}`);
  found.push(...differences("P3", "the dossier has it, the hub does not", ours, all));
  return found;
}

/** Money that went back by a provider's message, in both directions. */
async function compareRefunds(street: Street): Promise<Violation[]> {
  const said = await street.rows<{ key: string }>(
    "national",
    `select concat_ws(' ', s.provider, a.provider_order, r.amount) as key from refund r
       join settlement s on s.id = r.settlement_id join payment_attempt a on a.id = s.attempt_id
     where r.state = 'refunded' and not r.by_hand`,
  );
  const ours = said.map((row) => row.key);
  const theirs = givenBack(street).map(({ provider, order, amount }) => `${provider} ${order} ${amount}`);
  return [
    ...differences("P8", "given back, and the hub does not know", theirs, ours),
    ...differences("P8", "said to be given back, and nobody did", ours, theirs),
  ];
}

/** Money that people transferred back: each confirmed transfer is a line of the bank, and each line such a transfer. */
async function compareHandTransfers(street: Street): Promise<Violation[]> {
  const said = await street.rows<{ key: string }>(
    "national",
    `select concat_ws(' ', h.bank_reference, h.amount, l.line) as key from hand_transfer h
       left join refund r on r.id = h.refund_id left join statement_proposal p on p.id = h.proposal_id
       left join bank_statement_line l on l.id = h.line_id
     where h.state = 'confirmed' and (r.state = 'refunded' or p.state = 'approved')`,
  );
  const ours = said.map((row) => row.key);
  const out = bankLines(street).filter((line) => line.direction === "out");
  const theirs = out.map(({ id, amount }) => `${id} ${amount} ${id}`);
  return [
    ...differences("P8", "transferred back, and no refund says why", theirs, ours),
    ...differences("P8", "said to be transferred back, and the bank does not know", ours, theirs),
  ];
}

/** What an agency asked to be given back: once at the hub, and both say the same of how it stands. */
async function compareWishes(street: Street): Promise<Violation[]> {
  const asked = await street.rows<{ key: string }>(
    "province",
    `select concat_ws(' ', q.refund_due_id || '-' || q.round, d.amount, case q.state when 'done' then 'done' end) as key
     from refund_decision q join refund_due d on d.id = q.refund_due_id join settlement s on s.id = d.settlement_id
     where s.attempt_id is not null and q.state in ('sent', 'done')`,
  );
  const known = await street.rows<{ key: string }>(
    "national",
    "select concat_ws(' ', request, amount, case state when 'refunded' then 'done' end) as key from merchant_refund where state <> 'refused'",
  );
  return bothWays(
    ["P8", "asked for by an agency, and the hub does not know", "at the hub, and no agency asks for it"],
    asked.map((row) => row.key),
    known.map((row) => row.key),
  );
}

/** Payments that a bank takes back: the agency knows of each, and how it ended. */
async function compareDisputes(street: Street): Promise<Violation[]> {
  const hub = await street.rows<{ key: string }>(
    "national",
    `select concat_ws(' ', d.id, d.reserved, case when d.state in ('open', 'answered') then 'open' when d.state = 'lost' then 'lost'
       else 'kept' end) as key from dispute d join settlement s on s.id = d.settlement_id where d.reserved > 0 and s.kept`,
  );
  const told = await street.rows<{ key: string }>(
    "province",
    "select concat_ws(' ', id, amount, state) as key from payment_dispute",
  );
  return bothWays(
    ["P11", "in dispute, and the agency does not know", "in dispute at an agency, and not at the hub"],
    hub.map((row) => row.key),
    told.map((row) => row.key),
  );
}

/** Every line of the collecting account, in both directions; and what is no payment has been taken for none. */
async function compareStatement(street: Street): Promise<Violation[]> {
  const read = await street.rows<{ key: string; line: string; outcome: string }>(
    "national",
    `select concat_ws(' ', line, amount, case outcome when 'outgoing' then 'out' else 'in' end) as key, line, outcome
     from bank_statement_line`,
  );
  const ours = read.map((row) => row.key);
  const lines = bankLines(street);
  const theirs = lines.map(({ id, amount, direction }) => `${id} ${amount} ${direction}`);
  const pays = new Set(captures(street).map((one) => one.transaction));
  return [
    ...differences("P2", "on the bank's statement, and the hub has not read it", theirs, ours),
    ...differences("P3", "read from the statement, and the bank never booked it", ours, theirs),
    ...read
      .filter(({ line, outcome }) => outcome === "matched" && !pays.has(line))
      .map(({ line }) => ({ promise: "P3", what: `a transfer that pays nothing was taken for a payment: ${line}` })),
  ];
}

function bothWays(
  [promise, missing, invented]: readonly [promise: string, missing: string, invented: string],
  first: readonly string[],
  second: readonly string[],
): Violation[] {
  return [...differences(promise, missing, first, second), ...differences(promise, invented, second, first)];
}

/** What is in the first and not in the second, each as often as it is too many. */
function differences(promise: string, why: string, first: readonly string[], second: readonly string[]): Violation[] {
  const left = new Map<string, number>();
  for (const key of second) left.set(key, (left.get(key) ?? 0) + 1);
  return first.flatMap((key) => {
    const times = left.get(key) ?? 0;
    left.set(key, times - 1);
    return times > 0 ? [] : [{ promise, what: `${why}: ${key}` }];
  });
}

const QUIET_MS = 60_000;

/** Waits until nothing is left to do: captures known, jobs done, receipts written. At most 60 s, which is the promise. */
export async function untilQuiet(street: Street): Promise<boolean> {
  const limit = Date.now() + QUIET_MS;
  while (Date.now() < limit) {
    if (await isQuiet(street).catch(() => false)) return true;
    await sleep(300);
  }
  return false;
}

async function isQuiet(street: Street): Promise<boolean> {
  // A merchant that was dead for long is told again after a pause; by then it has asked for itself.
  const [hub] = await street.rows<{ jobs: number; settled: number; lines: number }>(
    "national",
    `select (select count(*)::int from job where done_at is null and failed_at is null
         and not (queue = 'confirm-merchant' and leased_until is null and run_at > clock_timestamp())) as jobs,
       (select count(*)::int from settlement) as settled, (select count(*)::int from bank_statement_line) as lines`,
  );
  // Synchronisation with the portal has no process on this street.
  const [province] = await street.rows<{ jobs: number }>(
    "province",
    `select (select count(*)::int from job where done_at is null and failed_at is null and queue = 'issue-receipts')
       + (select count(*)::int from refund_decision where state = 'approved') as jobs`,
  );
  const [kept] = await street.rows<{ kept: number }>(
    "national",
    "select count(*)::int as kept from settlement where kept",
  );
  const [applied] = await street.rows<{ applied: number }>(
    "province",
    "select count(distinct attempt_id)::int as applied from settlement where kept and attempt_id is not null",
  );
  return (
    hub?.jobs === 0 &&
    province?.jobs === 0 &&
    hub.settled === captures(street).length &&
    hub.lines === bankLines(street).length &&
    (applied?.applied ?? 0) >= (kept?.kept ?? 0)
  );
}
