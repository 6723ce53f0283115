import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { sha256 } from "#kit/crypto.ts";
import { toText } from "#kit/html.ts";
import { newId } from "#kit/ids.ts";
import { signBody } from "#kit/signed-body.ts";
import {
  linkedFilePath,
  linkedFileProof,
  type LinkedMessage,
  readLinkedMessage,
} from "#protocols/linked-part/index.ts";
import { findDossier, listDossiersOf, listFiles, withdrawDossier } from "#province/dossiers/index.ts";
import { findObligation } from "#province/fees/index.ts";
import { type TestDatabase, withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { FAR_HOME, FATHER, type LinkedExample, linkedExample } from "./linked-example.ts";
import { linkedOfDossier } from "./show-linked.ts";

const child = { soDinhDanh: "072226000123" };

const example = (name: string): LinkedMessage => {
  const file = new URL(`../../protocols/linked-part/examples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as LinkedMessage;
};

/** A message as it arrives at Kon Tum's portal. */
async function arrive(
  { sites, key }: LinkedExample,
  message: object,
  more: {
    readonly key?: string;
    readonly from?: string;
    readonly to?: string;
    readonly at?: Date;
    readonly changed?: string;
  } = {},
) {
  const body = JSON.stringify(message);
  const site = sites[more.to ?? "kontum"];
  assert.ok(site);
  const answer = await site.inject({
    method: "POST",
    url: "/lien-thong/tin",
    headers: {
      "content-type": "application/json",
      "x-province": more.from ?? "tayninh",
      ...signBody(more.key ?? key, body, more.at ?? new Date()),
    },
    payload: more.changed ?? body,
  });
  const { outcome, missing = [] } = answer.json() as { outcome?: string; missing?: string[] };
  return [answer.statusCode, missing.length > 0 ? `${outcome}, ${missing.length} to come` : outcome];
}

const PAPER = Buffer.from("%PDF-1.4\n%EOF\n");
const HASH = sha256(PAPER);

/** The bytes of the paper that the example names, as they arrive at the other province's portal. */
async function deliver(
  { sites, key }: LinkedExample,
  file: { readonly conversation: string; readonly seq?: number; readonly sha256?: string },
  more: { readonly bytes?: Buffer; readonly key?: string; readonly from?: string; readonly to?: string } = {},
) {
  const { from = "tayninh", to = "kontum", bytes = PAPER } = more;
  const named = { seq: 1, sha256: HASH, ...file };
  const answer = await sites[to]?.inject({
    method: "POST",
    url: linkedFilePath(named),
    headers: {
      "content-type": "application/octet-stream",
      "x-province": from,
      ...signBody(more.key ?? key, linkedFileProof(from, to, named), new Date()),
    },
    payload: bytes,
  });
  assert.ok(answer);
  return [answer.statusCode, (answer.json() as { outcome?: string }).outcome];
}

/** Does the work while somebody else is just changing the dossier: it finds another version than it has read. */
async function whileMoved(place: TestDatabase, dossierId: string, work: () => Promise<unknown>): Promise<void> {
  await withAdmin(place, async (client) => {
    await client.query("begin");
    await client.query("update dossier set version = version + 1 where id = $1", [dossierId]);
    const done = work();
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let met = false;
    for (let look = 0; look < 400 && !met; look += 1) {
      await delay(25);
      met = (await client.query(waits)).rowCount !== 0;
    }
    assert.ok(met, "nobody came to change it");
    await client.query("commit");
    await done;
  });
}

const kontum = (example: LinkedExample, id: string) =>
  findDossier(example.database, { tenant: "kontum", dossierId: id });

describe("a part that another province handles", () => {
  test("goes there with its papers, comes back with its state and its result; together means released from home", () =>
    withProvince(async (database, place) => {
      const country = await linkedExample(database);
      try {
        const id = await country.file({
          nycLoaiCuTru: "tamTru",
          ttNoiThuongTru: FAR_HOME,
          deliveryParts: "together",
          extractCopies: 0,
        });
        const far = await country.part(id, "residence");
        assert.equal(far.tenant, "kontum");
        const birth = await country.part(id, "birth");
        const insurance = await country.part(id, "insurance");
        await country.drain();
        assert.equal(await kontum(country, far.id), undefined, "it waits for the birth");
        await country.receive("tayninh", birth.id);
        await country.decide("tayninh", birth.id, child);
        await country.drain();

        const guest = await kontum(country, far.id);
        assert.equal(guest?.agency.name, "Công an tỉnh Kon Tum");
        assert.match(JSON.stringify(guest?.answers["thanhVien"]), new RegExp(child.soDinhDanh));
        const papers = await listFiles(database, { tenant: "kontum", dossierId: far.id });
        assert.deepEqual(
          papers.map(({ component }) => component),
          ["kinship-proof"],
        );
        const owed = await findObligation(database.forTenant("kontum"), far.id);
        assert.deepEqual(
          owed?.lines.map(({ code, amount }) => [code, amount]),
          [["residence", 0]],
        );
        const there = await listDossiersOf(database, { tenant: "kontum", applicantSub: FATHER.sub });
        assert.equal(there.dossiers.length, 1, "the same person finds it there");

        const received = (await country.receive("kontum", far.id)) as { code?: string };
        assert.match(received.code ?? "", /\.H34-\d{6}-0001$/);
        await country.drain();
        const [, told] = await country.parts(id);
        assert.deepEqual([told?.state, told?.officialCode, told?.number], ["received", received.code, guest?.number]);

        await country.decide("kontum", far.id);
        const early = await country.giveBack("kontum", far.id);
        assert.deepEqual([early.ok, early.ok || early.reason], [false, "returned-together"]);
        await country.receive("tayninh", insurance.id);
        await country.decide("tayninh", insurance.id);
        await country.drain();
        assert.equal((await kontum(country, far.id))?.state, "returned");
        const parts = await country.parts(id);
        assert.deepEqual(
          parts.map(({ state, hasResult }) => [state, hasResult]),
          Array.from({ length: 3 }, () => ["returned", true]),
        );
        const { rows } = await withAdmin(place, (client) =>
          client.query(
            "select linked_names_file(told #>> '{result,file,sha256}') as named from linked_part where told is not null",
          ),
        );
        assert.deepEqual(rows, [{ named: true }], "the sweeper leaves its bytes");
        const site = country.sites["tayninh"];
        const pdf = await site?.inject(`/ho-so/${id}/phan/residence/ket-qua.pdf`);
        assert.deepEqual([pdf?.statusCode, pdf?.headers["content-type"]], [200, "application/pdf"]);
        assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "returned");
      } finally {
        await country.close();
      }
    }));

  test("ends at home when it was never opened; what is declined there is known at home with its reason", () =>
    withProvince(async (database) => {
      const country = await linkedExample(database);
      try {
        const far = { nycLoaiCuTru: "tamTru", ttNoiThuongTru: FAR_HOME, extractCopies: 0 };
        const refused = await country.file(far);
        const birth = await country.part(refused, "birth");
        await country.receive("tayninh", birth.id);
        await country.refuse("tayninh", birth.id, "refuse");
        await country.drain();
        assert.equal(await kontum(country, (await country.part(refused, "residence")).id), undefined);
        assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: refused }))?.state, "stopped");

        const id = await country.file(far);
        const first = await country.part(id, "birth");
        await country.receive("tayninh", first.id);
        await country.decide("tayninh", first.id, child);
        await country.drain();
        const there = await country.part(id, "residence");
        await country.refuse("kontum", there.id, "decline");
        await country.drain();
        const [, told] = await country.parts(id);
        assert.deepEqual([told?.state, told?.reason?.slice(0, 15)], ["declined", "Giấy chứng sinh"]);
      } finally {
        await country.close();
      }
    }));

  test("forged, old, altered and wrong messages change nothing; the same again is known; what comes early waits its turn", () =>
    withProvince(async (database, place) => {
      const country = await linkedExample(database);
      try {
        const open = example("open");
        const withdraw = { ...open, id: newId(), seq: 2, content: { kind: "withdraw", reason: "Nộp nhầm" } };
        assert.deepEqual(await arrive(country, open, { key: "another key" }), [401, undefined]);
        assert.deepEqual(await arrive(country, open, { from: "danang" }), [401, undefined]);
        assert.deepEqual(await arrive(country, open, { at: new Date(Date.now() - 3_600_000) }), [401, undefined]);
        const altered = JSON.stringify({ ...open, seq: 9 });
        assert.deepEqual(await arrive(country, open, { changed: altered }), [401, undefined]);
        const wrong = [
          { ...open, to: "tayninh" },
          { ...open, from: "kontum" },
          { ...open, seq: 0 },
          { ...open, content: { kind: "opened" } },
          { ...open, content: { kind: "release" } },
          example("state"),
        ];
        for (const message of wrong) assert.equal((await arrive(country, message))[0]?.toString().slice(0, 2), "42");
        await country.drain();
        assert.equal(await kontum(country, open.conversation), undefined);

        // Reordered: the second comes first, waits, and is acted on after the first.
        assert.deepEqual(await arrive(country, withdraw), [200, "taken"]);
        await country.drain();
        assert.equal(await kontum(country, open.conversation), undefined);
        assert.deepEqual(await arrive(country, open), [200, "taken, 1 to come"]);
        await country.drain();
        assert.equal(await kontum(country, open.conversation), undefined, "its paper has not come");
        const { conversation } = open;
        assert.deepEqual(await deliver(country, { conversation }, { key: "another key" }), [401, undefined]);
        assert.deepEqual(await deliver(country, { conversation, seq: 2 }), [422, undefined], "of another message");
        assert.deepEqual(await deliver(country, { conversation, sha256: "0".repeat(64) }), [422, undefined]);
        const other = Buffer.from(PAPER.toString().replace("4", "5"));
        assert.deepEqual(await deliver(country, { conversation }, { bytes: other }), [422, undefined], "other bytes");
        const longer = Buffer.concat([PAPER, PAPER]);
        assert.deepEqual(await deliver(country, { conversation }, { bytes: longer }), [413, undefined]);
        assert.deepEqual(await arrive(country, open), [200, "known, 1 to come"]);
        assert.deepEqual(await deliver(country, { conversation }), [200, "taken"]);
        assert.deepEqual(await deliver(country, { conversation }), [200, "known"]);
        assert.deepEqual(await arrive(country, open), [200, "known"], "what has come is not asked for again");
        assert.equal((await arrive(country, { ...open, id: newId() }))[0], 409, "another message in its place");
        assert.equal((await arrive(country, { ...withdraw, content: { kind: "release" } }))[0], 409);
        await country.drain();
        const guest = await kontum(country, open.conversation);
        assert.deepEqual([guest?.state, guest?.reason], ["withdrawn", "Nộp nhầm"]);
        const version = guest?.version;
        await country.drain();
        assert.equal((await kontum(country, open.conversation))?.version, version);

        // An officer does something in the very moment in which the withdrawal is carried out.
        const busy = { ...open, id: newId(), conversation: newId() };
        await arrive(country, busy);
        await deliver(country, busy);
        await country.drain();
        await arrive(country, { ...withdraw, id: newId(), conversation: busy.conversation });
        await whileMoved(place, busy.conversation, () => country.drain());
        assert.equal((await kontum(country, busy.conversation))?.state, "withdrawn");

        // A conversation named after a dossier that is no guest of theirs: nobody else's dossier moves.
        const filed = await country.file({ nycLoaiCuTru: "tamTru", ttNoiThuongTru: FAR_HOME, extractCopies: 0 });
        const own = await country.part(filed, "birth");
        const about = { from: "kontum", to: "tayninh", conversation: own.id };
        const there = { from: "kontum", to: "tayninh" };
        const opening = { ...open, ...about, id: newId() };
        assert.deepEqual(await arrive(country, opening, there), [200, "taken, 1 to come"]);
        assert.deepEqual(await deliver(country, about, there), [200, "taken"]);
        assert.deepEqual(await arrive(country, { ...withdraw, ...about, id: newId() }, there), [200, "taken"]);
        await country.drain();
        assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: own.id }))?.state, "filed");

        // A link is that province's own page, or none.
        const far = await country.part(filed, "residence");
        const tell = async (seq: number, said: object) => {
          const { content } = example("state") as { content: { state: object } };
          const base = { ...content.state, ending: null, resultSigned: false, result: null };
          const about = { id: newId(), ...there, conversation: far.id, seq };
          const message = { ...about, content: { kind: "state", state: { ...base, state: "received", ...said } } };
          assert.deepEqual(await arrive(country, message, there), [200, "taken"]);
          await country.drain();
          return (await country.parts(filed))[1]?.told;
        };
        const portal = country.portals["kontum"] ?? "";
        assert.equal((await tell(1, { link: "https://dichvucong-kontum.example.net/ho-so/1" }))?.link, "");
        assert.equal((await tell(2, { link: portal.replace("127.0.0.1", "127.0.0.1@example.net") }))?.link, "");
        const page = `${portal}/ho-so/${far.id}`;
        assert.equal((await tell(3, { link: page }))?.link, page);
        const whole = await findDossier(database, { tenant: "tayninh", dossierId: filed });
        assert.ok(whole);
        for (const [at, shown] of [
          [portal, true],
          ["https://moved.example.vn", false],
        ] as const) {
          const side = await linkedOfDossier({ database, tenant: "tayninh", peerPortalOf: () => at }, whole, "vi");
          assert.equal((side ? toText(side) : "").includes(`href="${page}"`), shown);
        }

        // The person withdraws while an officer does something; what has ended elsewhere does not begin again.
        assert.equal((await tell(4, { state: "declined", ending: "declined" }))?.state, "declined");
        assert.equal((await tell(5, {}))?.state, "declined");
        const key = { tenant: "tayninh", dossierId: filed };
        const { version: expectedVersion = 0 } = (await findDossier(database, key)) ?? {};
        assert.ok((await withdrawDossier(database, { ...key, applicantSub: FATHER.sub, expectedVersion })).ok);
        await whileMoved(place, own.id, () => country.drain());
        assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: own.id }))?.state, "withdrawn");
      } finally {
        await country.close();
      }
    }));
});

test("the examples are messages; one with anything more is none", () => {
  for (const name of ["open", "state"]) assert.equal(readLinkedMessage(example(name)).ok, true);
  const { ok } = readLinkedMessage({ ...example("state"), more: 1 });
  assert.equal(ok, false);
});
