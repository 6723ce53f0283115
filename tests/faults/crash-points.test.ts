/**
 * Processes kill themselves at each named point of a payment, web and worker, and are started again as the supervisor does.
 * Then the stand-ins' journals are compared with every book: nothing lost, nothing doubled, nobody has to help
 * (promises P1, P2, P6, P7, P11, P12, P13).
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "#kit/db.ts";
import { demoOperators, demoSecrets } from "#kit/demo.ts";
import { newSecretId } from "#kit/ids.ts";
import { seedOperators } from "#national/operators/index.ts";
import { decideRefund, requestRefund } from "#national/refunds/index.ts";
import { compareBooks, untilQuiet } from "./books.ts";
import { type Armed, ASKED, type Round, TOLD } from "./crash-table.ts";
import { fileDossiers, pay } from "./patient-citizen.ts";
import { type Role, type Street, startStreet, within60s } from "./payment-street.ts";
import { count, report, type Violation } from "./tally.ts";

/** Waits until each armed process has died of it; what nobody reached is a fault of this suite. */
async function allReached(street: Street, armed: readonly Armed[], deaths: number): Promise<Violation[]> {
  const missing = () => armed.filter(({ role }) => !street.deaths.slice(deaths).some((death) => death.role === role));
  const limit = Date.now() + 60_000;
  while (missing().length > 0 && Date.now() < limit) await sleep(100);
  return missing().map(({ role, at, what }) => ({ promise: "suite", what: `${role} never came to ${at} (${what})` }));
}

async function playRound(
  street: Street,
  round: Round,
  pays: () => Promise<void>[],
): Promise<{ violations: Violation[]; walks: Promise<void>[] }> {
  const deaths = street.deaths.length;
  for (const { role, at } of round.armed) await street.arm(role, at);
  const walks = pays();
  for (const walk of walks) walk.catch(() => undefined);
  return { violations: await allReached(street, round.armed, deaths), walks };
}

/** Asked for by one operator of the hub, approved by another one. */
async function refund(street: Street, hubTransaction: string): Promise<void> {
  const database = openDatabase({ url: street.national.appUrl, role: "operator", max: 1 });
  try {
    await seedOperators(database, demoOperators, demoSecrets.dataKeys.national);
    const [first, second] = await street.rows<{ id: string }>(
      "national",
      "select id from operator order by username desc limit 2",
    );
    assert.ok(first && second);
    const id = newSecretId();
    const asked = await requestRefund(database, {
      id,
      hubTransaction,
      amount: 8_000,
      reason: "Công văn 12",
      operatorId: first.id,
    });
    assert.deepEqual(asked, { ok: true });
    await decideRefund(database, { refundId: id, approve: true, operatorId: second.id });
  } finally {
    await database.close();
  }
}

async function judge(street: Street, violations: Violation[], name: string): Promise<void> {
  if (!(await untilQuiet(street)))
    violations.push({ promise: "P2", what: "not quiet 60 s after the last process came back" });
  violations.push(...(await compareBooks(street)));
  assert.equal(
    report(violations, { test: name }),
    0,
    violations.map(({ promise, what }) => `${promise} ${what}`).join("\n"),
  );
}

// Two streets side by side: most of the second one's time is waiting until somebody asks.
describe("killed at named points", { concurrency: 2 }, () => {
  describe("when callbacks and CONFIRM come", { concurrency: 1 }, () => {
    let street: Street;
    before(async () => {
      street = await startStreet({ supervised: true });
    });
    after(() => street.stop());

    test("in either web process and the hub's worker, at F1 to F9: every citizen has paid once, and every book says so", {
      timeout: 200_000,
    }, async () => {
      const violations: Violation[] = [];
      const walks: Promise<void>[] = [];
      for (const [index, round] of TOLD.entries()) {
        const dossiers = await fileDossiers(street, 3);
        const played = await playRound(street, round, () =>
          dossiers.map((dossier, n) => pay(street, dossier, { with: (n + index) % 3 === 2 ? "vnpay-ncb" : "momo" })),
        );
        violations.push(...played.violations);
        walks.push(...played.walks);
      }
      await Promise.all(walks);
      await judge(street, violations, "crash points, told");
    });

    test("inside the settling transaction (F5): nothing of it remains, and the next message settles it", {
      timeout: 150_000,
    }, async () => {
      const [dossier] = await fileDossiers(street, 1);
      assert.ok(dossier);
      const settlements = async () =>
        (await street.rows<{ n: number }>("national", "select count(*)::int n from settlement"))[0]?.n;
      const earlier = await settlements();
      const holder = new pg.Client({ connectionString: street.national.adminUrl });
      await holder.connect();
      let walk: Promise<void> | undefined;
      try {
        // Whoever settles has updated the attempt and now waits for the ledger.
        await holder.query("begin");
        await holder.query("lock table ledger_transaction in exclusive mode");
        walk = pay(street, dossier);
        walk.catch(() => undefined);
        const waiting = await within60s("a settlement that waits for the ledger", async () => {
          // Not through the holder: inside a transaction the activity is seen as it was at first sight.
          const rows = await street.rows<{ pid: number }>(
            "national",
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'payment_settle'",
          );
          return rows.length > 0 ? rows : undefined;
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
      await judge(street, [], "F5");
    });

    test("a worker killed before (F10) and after (F11) the provider gave money back: each refund is one refund there, at most 30 s after the death", {
      timeout: 150_000,
    }, async () => {
      const dossiers = await fileDossiers(street, 2);
      const earlier = await street.rows<{ id: string }>("national", "select id from settlement");
      await Promise.all(dossiers.map((dossier) => pay(street, dossier)));
      await judge(street, [], "before refunds");
      const paid = await street.rows<{ hub: string }>(
        "national",
        `select a.hub_transaction as hub from settlement s join payment_attempt a on a.id = s.attempt_id
         where s.kept and not s.id = any($1)`,
        [earlier.map((row) => row.id)],
      );
      assert.equal(paid.length, 2);
      for (const [index, at] of ["F10", "F11"].entries()) {
        const deaths = street.deaths.length;
        await street.arm("national-worker", at);
        await refund(street, paid[index]?.hub ?? "");
        // The jobs of both deaths wait for the end of their lease; nothing else does.
        const missing = await allReached(
          street,
          [{ role: "national-worker", at, what: "a refund on its way" }],
          deaths,
        );
        assert.deepEqual(missing, []);
      }
      await judge(street, [], "refunds");
      const given = street.journal("momo").filter((event) => event["kind"] === "refunded");
      assert.deepEqual(
        given.map((event) => event["amount"]),
        [8_000, 8_000],
      );
      const [ours] = await street.rows(
        "national",
        "select count(*)::int as n, sum(amount)::int as total from refund where state = 'refunded'",
      );
      assert.deepEqual(ours, { n: 2, total: 16_000 });
      const died = street.deaths.filter((death) => death.role === "national-worker").slice(-2);
      const done = await street.rows<{ at: Date }>(
        "national",
        "select done_at as at from refund order by requested_at",
      );
      const seconds = done.map(({ at }, index) => (at.getTime() - (died[index]?.at ?? 0)) / 1_000);
      assert.ok(
        seconds.every((one) => one <= 30),
        `resumed after ${seconds.join(" s, ")} s`,
      );
    });
  });

  describe("when nobody tells and the workers must ask", { concurrency: 1 }, () => {
    let street: Street;
    before(async () => {
      street = await startStreet({ supervised: true });
      await street.behave({ standIn: "momo", behaviour: "callback-dropped", scope: "always" });
    });
    after(() => street.stop());

    test("in either worker, at F4 and F6: every citizen has paid once, and every book says so", {
      timeout: 250_000,
    }, async () => {
      const violations: Violation[] = [];
      for (const round of ASKED) {
        const dossiers = await fileDossiers(street, 2);
        const dead: readonly Role[] = round.dead ?? [];
        // All have paid before the doors are shut; the workers are armed before anybody's time to be asked has come.
        await Promise.all(dossiers.map((dossier) => pay(street, dossier, { comesBack: false })));
        count("drops", dossiers.length);
        for (const role of dead) await street.kill(role);
        const played = await playRound(street, round, () => []);
        violations.push(...played.violations);
        for (const role of dead) await street.arm(role);
      }
      await judge(street, violations, "crash points, asked");
    });

    test("the hub and the provider die while the citizen pays, and no callback ever comes: known within 60 s of their return", {
      timeout: 150_000,
    }, async () => {
      const [dossier] = await fileDossiers(street, 1);
      assert.ok(dossier);
      await pay(street, dossier, { comesBack: false });
      count("drops");
      for (const role of ["national-web", "national-worker", "sandbox"] as const) await street.kill(role);
      for (const role of ["sandbox", "national-web", "national-worker"] as const) await street.arm(role);
      await judge(street, [], "everybody dead");
    });
  });
});
