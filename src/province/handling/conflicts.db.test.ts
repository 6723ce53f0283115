/** Two officers on one dossier: every act of the desk, with a page that was opened before a colleague changed something. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { type Dossier, findDossier, listHistory } from "#province/dossiers/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample, samplePdf } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";
const REASON = "Trẻ đã được đăng ký khai sinh tại phường 1 ngày 02/03/2024; đề nghị xin bản sao trích lục.";

interface Act {
  readonly name: string;
  readonly path: string;
  readonly who: "tiepnhan" | "chuyenvien" | "lanhdao";
  /** What is typed; each of `kept` must stand in the answer. */
  readonly typed: Readonly<Record<string, string>>;
  readonly kept: readonly string[];
  readonly file?: true;
}

const NOTE = "Tôi đã gọi điện cho người nộp lúc 9 giờ.";
const act = (
  name: string,
  who: Act["who"],
  path: string,
  typed: Act["typed"] = { note: NOTE },
  kept: readonly string[] = Object.values(typed),
): Act => ({ name, path, who, typed, kept });

const RESULT = { number: "12/KS", summary: "Trích lục khai sinh", effectiveOn: "02/03/2026", expiresOn: "" };
const ending = (viec: string) => act(viec, "chuyenvien", "tu-choi", { viec, reason: REASON }, [REASON]);

/** Acts by the stand of the dossier in which they are done. */
const ACTS = {
  filed: [
    act("note", "tiepnhan", "luu"),
    act("sign-copies", "tiepnhan", "ky-so"),
    act("receive", "tiepnhan", "tiep-nhan"),
    act("to an act's page", "tiepnhan", "mo", { viec: "decline", note: NOTE }, [NOTE]),
    act("decline", "tiepnhan", "tu-choi", { viec: "decline", reason: REASON }, [REASON]),
  ],
  received: [
    act("forward", "tiepnhan", "chuyen-thu-ly", { note: NOTE }, [NOTE]),
    act("reschedule", "lanhdao", "gia-han", { days: "2", reason: REASON, lateReason: REASON }, [REASON]),
    act("require-fee", "chuyenvien", "yeu-cau-nop-phi"),
    ending("refuse"),
    ending("stop"),
    {
      ...act("record-result", "chuyenvien", "ket-qua", RESULT, ["12/KS", "Trích lục khai sinh", "kq.pdf"]),
      file: true,
    },
  ],
  entered: [act("sign-result", "lanhdao", "ky-ket-qua")],
  ready: [act("return-result", "tiepnhan", "tra-ket-qua")],
} as const satisfies Record<string, readonly Act[]>;

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  const get = (url: string) => desk.site.inject({ url, headers: { cookie } });
  const send = (url: string, payload: string | Buffer, type: string) =>
    desk.site.inject({ method: "POST", url, headers: { cookie, origin, "content-type": type }, payload });
  const post = (url: string, values: Record<string, string>) =>
    send(url, new URLSearchParams(values).toString(), "application/x-www-form-urlencoded");
  const upload = async (url: string, values: Record<string, string>, bytes: Uint8Array) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.append(name, value);
    form.append("file", new Blob([Buffer.from(bytes)]), "kq.pdf");
    const request = new Request("http://x/", { method: "POST", body: form });
    return send(url, Buffer.from(await request.arrayBuffer()), request.headers.get("content-type") ?? "");
  };
  return { get, post, upload };
}

type People = Readonly<Record<Act["who"] | "ketoan", Awaited<ReturnType<typeof at>>>>;

async function everybody(desk: DeskExample): Promise<People> {
  const [tiepnhan, chuyenvien, lanhdao, ketoan] = await Promise.all(
    ["tiepnhan", "chuyenvien", "lanhdao", "ketoan"].map((role) => at(desk, `${role}.tayninh`)),
  );
  if (!tiepnhan || !chuyenvien || !lanhdao || !ketoan) throw new Error("four officers");
  return { tiepnhan, chuyenvien, lanhdao, ketoan };
}

async function stand(database: Database, id: string): Promise<Dossier> {
  const dossier = await findDossier(database, { tenant, dossierId: id });
  assert.ok(dossier);
  return dossier;
}

/** Sends an act as the page of this version would. */
async function send(people: People, one: Act, id: string, version: number, to: string, who = one.who as keyof People) {
  const values = { version: String(version), ...one.typed, ...(one.name === "forward" ? { to } : {}) };
  const url = `/ho-so/${id}/${one.path}`;
  return one.file ? people[who].upload(url, values, await samplePdf("KQ")) : people[who].post(url, values);
}

describe("two officers on one dossier", () => {
  test("every act of the desk done from an older page changes nothing, says who did what, and keeps what was typed", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const people = await everybody(desk);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const toForm = (body: string) =>
        /<select[^>]*id="to"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(body)?.[1] ?? "";
      let colleague = 0;
      const holds = async (acts: readonly Act[]) => {
        const to = toForm((await people.tiepnhan.get(`/ho-so/${id}/chuyen-thu-ly`)).body);
        for (const one of acts) {
          const seen = (await stand(database, id)).version;
          const note = `Nội dung số ${(colleague += 1)} của đồng nghiệp.`;
          const first = await people.lanhdao.post(`/ho-so/${id}/luu`, { version: String(seen), note });
          assert.equal(first.statusCode, 303);
          const before = await stand(database, id);
          const history = (await listHistory(database, { tenant, dossierId: id })).length;
          const answer = await send(people, one, id, seen, to);
          assert.equal(answer.statusCode, 409, one.name);
          assert.match(answer.body, /Hồ sơ đã thay đổi từ khi bạn mở trang/, one.name);
          assert.match(answer.body, /Ghi nội dung xử lý[\s\S]*Đỗ Hữu Phước/, `${one.name}: who did what`);
          for (const words of one.kept) assert.ok(answer.body.includes(words), `${one.name} keeps “${words}”`);
          if (one.typed.note === NOTE && one.path !== "chuyen-thu-ly")
            assert.ok(answer.body.includes(note), `${one.name} shows the note that is there`);
          assert.match(answer.body, new RegExp(`name="version" value="${before.version}"`), `${one.name}: may go on`);
          const after = await stand(database, id);
          assert.deepEqual([after.version, after.state, after.note], [before.version, before.state, note], one.name);
          assert.equal((await listHistory(database, { tenant, dossierId: id })).length, history, one.name);
          const wrongRole = await send(people, one, id, after.version, to, "ketoan");
          if (one.name !== "note" && one.name !== "to an act's page" && one.name !== "require-fee")
            assert.equal(wrongRole.statusCode, 403, `${one.name} by an officer without the right`);
          assert.equal((await stand(database, id)).state, before.state, one.name);
        }
      };
      const go = async (one: Act) => {
        const answer = await send(people, one, id, (await stand(database, id)).version, "");
        assert.equal(answer.statusCode, 303, one.name);
      };
      await holds(ACTS.filed);
      await go(ACTS.filed[2]);
      await holds(ACTS.received);
      await go(ACTS.received[5]);
      await holds(ACTS.entered);
      await go(ACTS.entered[0]);
      await holds(ACTS.ready);
      await go(ACTS.ready[0]);
      assert.equal((await stand(database, id)).state, "returned");
    }));

  test("a dossier that ended while a form was open: the act is over, the words are there to copy", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const people = await everybody(desk);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      await people.tiepnhan.post(`/ho-so/${id}/tiep-nhan`, { version: String((await stand(database, id)).version) });
      const seen = (await stand(database, id)).version;
      const stop = "Người nộp đã đề nghị dừng giải quyết bằng văn bản.";
      const stopped = await people.lanhdao.post(`/ho-so/${id}/tu-choi`, {
        version: String(seen),
        viec: "stop",
        reason: stop,
      });
      assert.equal(stopped.statusCode, 303);
      const to = "";
      for (const one of ACTS.received.filter(
        ({ path }) => path === "tu-choi" || path === "gia-han" || path === "ket-qua",
      )) {
        const answer = await send(people, one, id, seen, to);
        assert.equal(answer.statusCode, 409, one.name);
        assert.match(answer.body, /Việc này không còn làm được/, one.name);
        assert.ok(answer.body.includes(stop), `${one.name}: the colleague's reason`);
        for (const words of one.kept) assert.ok(answer.body.includes(words), `${one.name} keeps “${words}”`);
      }
      assert.equal((await stand(database, id)).state, "stopped");
    }));
});
