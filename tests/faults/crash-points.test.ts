/**
 * Processes kill themselves at each named point of a payment, web and worker, for each provider (`crash-table.ts`), and are
 * started again as the supervisor does. Then the stand-ins' journals are compared with every book: nothing lost, nothing
 * doubled, nobody has to help (promises P1, P2, P6, P7, P8, P11, P12, P13). Afterwards the same streets have callbacks
 * that misbehave and clocks that are wrong (P2, P3, P4, P20).
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { misbehave, tellAgain } from "./callback-mischief.ts";
import {
  ASKED,
  BY_HAND,
  CALLING,
  DECIDED,
  type Point,
  type Provider,
  PROVIDERS,
  pointsOf,
  RETURNED,
  type Row,
  SEEN,
  STARTED,
  TAKEN_BACK,
  TOLD,
  WISHED,
} from "./crash-table.ts";
import { hireOperators } from "./give-back.ts";
import { captures } from "./journals.ts";
import {
  approveAtProvince,
  disputeAtProvince,
  loseDispute,
  openDispute,
  refundAtProvince,
  strayTransfer,
  timeToAskHub,
} from "./money-back.ts";
import { judge, paidDossiers } from "./judge.ts";
import { FEE, fileDossiers, pay, type Walk } from "./patient-citizen.ts";
import { look, type Street, startStreet, within60s } from "./payment-street.ts";
import { chooser, count, SEED, type Violation } from "./tally.ts";

const TABLE_MS = 200_000;

/**
 * Arms every role of the table and lets `go` happen until each point has killed its process; what nobody reached is a
 * fault of this suite.
 */
async function die(
  street: Street,
  rows: readonly Row[],
  go: (missing: readonly Point[]) => Promise<void>,
): Promise<Violation[]> {
  const points = pointsOf(rows);
  const roles = [...new Set(points.map((point) => point.role))];
  await Promise.all(
    roles.map((role) =>
      street.arm(
        role,
        points.filter((point) => point.role === role).map((point) => point.name),
      ),
    ),
  );
  const missing = () => points.filter(({ role, name }) => !street.reached(role).includes(name));
  const limit = Date.now() + TABLE_MS;
  while (missing().length > 0 && Date.now() < limit) await go(missing());
  return missing().map(({ role, name, what }) => ({
    promise: "suite",
    what: `${role} never came to ${name} (${what})`,
  }));
}

/** Looks again and again, at most so long, until something is true. */
async function until(holds: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  const limit = Date.now() + ms;
  while (!(await holds()) && Date.now() < limit) await sleep(50);
}

async function payWithEach(street: Street, providers: readonly Provider[], walk: Walk = {}): Promise<void> {
  const dossiers = await fileDossiers(street, providers.length);
  await Promise.all(
    providers.map((provider, n) => {
      const dossier = dossiers[n];
      assert.ok(dossier);
      return pay(street, dossier, { ...walk, with: provider });
    }),
  );
}

/** For whom a point is still missing; where it does not matter, anybody will do. */
function providersOf(missing: readonly Point[]): Provider[] {
  return [...new Set(missing.map((point) => point.of ?? "momo"))];
}

// Two streets side by side: most of the second one's time is waiting until somebody asks.
describe("killed at named points", { concurrency: 2 }, () => {
  describe("when callbacks and CONFIRM come", { concurrency: 1 }, () => {
    let street: Street;
    before(async () => {
      street = await startStreet();
    });
    after(() => street.stop());

    test("nobody dies: with every provider the dossier is paid at most 5 s after the provider has told", {
      timeout: 60_000,
    }, async () => {
      await payWithEach(street, PROVIDERS, { comesBack: false });
      await judge(street, "nobody dies", { paid: PROVIDERS.length });
      const heard = await street.rows<{ order: string; at: Date }>(
        "national",
        "select a.provider_order as order, h.at from payment_history h join payment_attempt a on a.id = h.attempt_id where h.action = 'capture'",
      );
      const [last] = await street.rows<{ at: Date }>(
        "province",
        "select max(at) as at from dossier_history where action = 'mark-fee-paid'",
      );
      assert.equal(heard.length, PROVIDERS.length);
      const seconds = ((last?.at.getTime() ?? Number.NaN) - Math.max(...heard.map(({ at }) => at.getTime()))) / 1_000;
      assert.ok(seconds <= 5, `${seconds} s after the last callback`);
    });

    for (const [where, rows] of [
      ["on the way to the provider, F1 to F3, either web process", STARTED],
      ["when the provider tells, F4 to F9, either web process and the hub's worker", TOLD],
    ] as const)
      test(`${where}, for each provider: every citizen has paid once, and every book says so`, {
        timeout: 300_000,
      }, async () => {
        const found = await die(street, rows, async (missing) => {
          const left = missing.length;
          await payWithEach(street, providersOf(missing), { comesBack: false });
          const still = () => pointsOf(rows).filter((one) => !street.reached(one.role).includes(one.name)).length;
          await until(() => still() < left, 3_000);
        });
        await judge(street, where, { found });
      });

    test("inside the settling transaction (F5): nothing of it remains, and the next message settles it", {
      timeout: 300_000,
    }, async () => {
      const settlements = async () =>
        (await street.rows<{ n: number }>("national", "select count(*)::int n from settlement"))[0]?.n;
      const earlier = await settlements();
      const holder = new pg.Client({ connectionString: street.national.adminUrl });
      await holder.connect();
      let walk: Promise<void> | undefined;
      try {
        // Whoever settles has updated the attempt and now waits for the ledger.
        await holder.query("set idle_in_transaction_session_timeout = 0");
        await holder.query("begin");
        await holder.query("lock table ledger_transaction in exclusive mode");
        walk = payWithEach(street, PROVIDERS);
        walk.catch(() => undefined);
        const waiting = await within60s("a settlement that waits for the ledger", async () => {
          // Not through the holder: inside a transaction the activity is seen as it was at first sight.
          const rows = await street.rows<{ pid: number }>(
            "national",
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'payment_settle'",
          );
          return rows.length > 0 && captures(street).length >= (earlier ?? 0) + PROVIDERS.length ? rows : undefined;
        });
        street.strike("national-web");
        street.strike("national-worker");
        for (const { pid } of waiting) await holder.query("select pg_terminate_backend($1)", [pid]);
        count("cut connections", waiting.length);
        assert.equal(await settlements(), earlier);
        await holder.query("rollback");
      } finally {
        await holder.end();
      }
      await walk;
      await judge(street, "F5");
    });

    test("a worker killed before (F10) and after (F11) each provider gave money back: each refund is one refund there, at most 30 s after the death", {
      timeout: 300_000,
    }, async () => {
      const operators = await hireOperators(street);
      const killed = new Map<string, number>();
      try {
        const found = await die(street, RETURNED, async ([next]) => {
          const payment = (await operators.refundable()).find((one) => one.provider === next?.of);
          assert.ok(payment, `something to give back at ${next?.of}`);
          const deaths = street.deaths.length;
          const refund = await operators.giveBack(payment.hubTransaction, FEE - 1_000);
          // Jobs of the dead wait for the end of their lease; a new one does not.
          await until(() => street.deaths.length > deaths, 20_000);
          killed.set(refund, street.deaths.at(-1)?.at ?? 0);
        });
        await judge(street, "refunds", { found });
      } finally {
        await operators.close();
      }
      const refunds = await street.rows<{ id: string; state: string; at: Date }>(
        "national",
        "select id, state, done_at as at from refund",
      );
      assert.equal(refunds.length, killed.size);
      for (const { id, state, at } of refunds) {
        assert.equal(state, "refunded");
        const seconds = (at.getTime() - (killed.get(id) ?? 0)) / 1_000;
        assert.ok(seconds <= 30, `resumed after ${seconds} s`);
      }
    });

    test("given back by hand, the worker killed meanwhile and the bank's line read before or after it is recorded: one transfer, one refund", {
      timeout: 200_000,
    }, async () => {
      const operators = await hireOperators(street);
      try {
        for (const [index, provider] of BY_HAND.entries()) {
          const [payment] = await operators.refundable([provider]);
          assert.ok(payment, provider);
          const refund = await operators.promiseByHand(payment.hubTransaction, FEE - 1_000);
          // Without its reader the bank's line comes last; with it, whichever is quicker.
          if (index === 0) await street.kill("national-worker");
          await operators.transferBack(refund, FEE - 1_000);
          street.strike("national-worker");
          if (index === 0) await street.arm("national-worker");
        }
        await judge(street, "by hand");
      } finally {
        await operators.close();
      }
    });

    test("an agency asks for money back (R1 to R3), two operators send a stray transfer back (R4), a bank takes a payment back (R5, R6): each happened once, here and there", {
      timeout: 300_000,
    }, async () => {
      const operators = await hireOperators(street);
      try {
        const [wished, disputed] = await operators.refundable();
        assert.ok(wished && disputed, "two payments of which nothing has gone back");
        const refund = await approveAtProvince(street, wished.hubTransaction);
        const found = await die(street, WISHED, async () => {
          const deaths = street.deaths.length;
          await timeToAskHub(street);
          await until(() => street.deaths.length > deaths, 8_000);
        });
        await operators.grantWish();
        await within60s("the province knows that the payer has the money", async () => {
          await timeToAskHub(street);
          return (await refundAtProvince(street, refund)) === "done";
        });

        const stray = await strayTransfer(street, operators);
        const press = () => operators.approveInBrowser(stray.line, stray.proposal);
        found.push(...(await die(street, DECIDED, async () => void (await press()))));
        assert.equal(await within60s("an answer", press), 303);
        await operators.transferBack(stray.proposal, FEE, "return");

        const dispute = await openDispute(street, disputed.hubTransaction);
        const stands = (state: string) => async () => (await disputeAtProvince(street, dispute)) === state;
        await within60s("the agency hears of the dispute", stands("open"));
        let isLost = false;
        const taken = await die(street, TAKEN_BACK, async () => {
          const deaths = street.deaths.length;
          if (!isLost) await loseDispute(street, dispute);
          isLost = true;
          await until(() => street.deaths.length > deaths, 20_000);
        });
        await within60s("the agency hears how it ended", stands("lost"));
        await judge(street, "agency and hub", { found: [...found, ...taken] });
        const again = await street.rows(
          "province",
          `select from obligation o join dossier d on d.id = o.dossier_id where o.state = 'due' and d.fee_state = 'due'
             and exists (select from obligation e join settlement s on s.obligation_id = e.id where e.dossier_id = d.id)`,
        );
        assert.equal(again.length, 1, "the fee is due again, once");
      } finally {
        await operators.close();
      }
    });
  });

  describe("when nobody tells, or tells what is not so", { concurrency: 1 }, () => {
    let street: Street;
    before(async () => {
      street = await startStreet();
      for (const standIn of CALLING) await street.behave({ standIn, behaviour: "callback-dropped", scope: "always" });
    });
    after(() => street.stop());

    /** The time has come to ask this provider, and no other: what is learned together is committed together. */
    async function timeToAsk(provider: Provider | undefined): Promise<void> {
      await street.rows(
        "national",
        `update payment_attempt set next_ask_at = now() + case provider when $1 then interval '0' else interval '1 hour' end
         where state in ('created', 'redirected', 'verifying')`,
        [provider ?? ""],
      );
      await street.rows("province", "update payment_request set next_ask_at = now() where next_ask_at is not null");
    }

    test("the payer is back and the page asks, F4 and F6 in the web process, for each provider: one payment", {
      timeout: 300_000,
    }, async () => {
      // Otherwise the worker may have read the bank's statement before the payer looks.
      await street.kill("national-worker");
      let attempts: string[] = [];
      const found = await die(street, SEEN, async (missing) => {
        if (attempts.length === 0) await payWithEach(street, providersOf(missing));
        attempts = (
          await street.rows<{ id: string }>(
            "national",
            "select id from payment_attempt where state in ('redirected', 'verifying')",
          )
        ).map((row) => row.id);
        await Promise.all(attempts.map((id) => look(`${street.origins.national}/thanh-toan/ket-qua/${id}`)));
      });
      count("drops", PROVIDERS.length);
      await street.arm("national-worker");
      await judge(street, "crash points, seen", { found });
    });

    test("the province's door is shut and the workers ask, F4 and F6 in either: every citizen has paid once", {
      timeout: 300_000,
    }, async () => {
      // All have paid before the door is shut; the workers are armed before anybody's time to be asked has come.
      await payWithEach(street, CALLING, { comesBack: false });
      count("drops", CALLING.length);
      await street.kill("province-web");
      const found = await die(street, ASKED, async (missing) => {
        const deaths = street.deaths.length;
        await timeToAsk(missing.find((point) => point.of)?.of);
        await until(() => street.deaths.length > deaths, 4_000);
      });
      await street.arm("province-web");
      await judge(street, "crash points, asked", { found });
    });

    test("clocks ten minutes fast and slow, hub and provider die while citizens pay, and no callback ever comes: known within 60 s of their return", {
      timeout: 300_000,
    }, async () => {
      const off = 600_000;
      const earlier = await paidDossiers(street);
      const clocks = {
        "national-web": off,
        "national-worker": -off,
        "province-web": -off,
        "province-worker": off,
      } as const;
      const skewed = Object.entries(clocks) as [keyof typeof clocks, number][];
      await Promise.all(skewed.map(([role, ms]) => street.arm(role, [], ms)));
      await payWithEach(street, PROVIDERS, { comesBack: false });
      count("drops", PROVIDERS.length);
      for (const role of ["national-web", "national-worker", "sandbox"] as const) await street.kill(role);
      await Promise.all([
        street.arm("sandbox"),
        street.arm("national-web", [], off),
        street.arm("national-worker", [], -off),
      ]);
      await judge(street, "clocks, everybody dead", { paid: earlier + PROVIDERS.length });
    });

    test("callbacks dropped, twenty times, late, forged, with another amount; transfers of another amount, twice, to nobody: the journals and the books agree", {
      timeout: 300_000,
    }, async () => {
      const earlier = await paidDossiers(street);
      await street.clear();
      const paid = earlier + (await misbehave(street, chooser(SEED)));
      await judge(street, "callbacks", { paid, seed: SEED });
      await tellAgain(street);
      await judge(street, "callbacks again", { paid, seed: SEED });
    });
  });
});
