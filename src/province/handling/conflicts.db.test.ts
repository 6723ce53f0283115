/** Two officers on one dossier: every act of the desk, with a page that was opened before a colleague changed something. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { listHistory } from "#province/dossiers/index.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { type Act, ACTS, everybody, NOTE, send, stand } from "./acts-example.ts";
import { aDossierAtTheDesk, deskExample } from "./desk-example.ts";

const tenant = "tayninh";

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
          colleague += 1;
          const note = `Nội dung số ${colleague} của đồng nghiệp.`;
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
          // Accountants write notes and ask for fees; everything else is not theirs.
          if (one.path !== "luu" && one.path !== "mo" && !one.name.endsWith("-fee")) {
            const wrongRole = await send(people, one, id, after.version, to, "ketoan");
            assert.equal(wrongRole.statusCode, 403, `${one.name} by an officer without the right`);
          }
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
      const kept = "Đã kiểm tra đủ giấy tờ.";
      await people.tiepnhan.post(`/ho-so/${id}/luu`, {
        version: String((await stand(database, id)).version),
        note: kept,
      });
      assert.match((await people.tiepnhan.get(`/ho-so/${id}`)).body, /<textarea[^>]*name="note"/);
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
      const late = await people.tiepnhan.post(`/ho-so/${id}/luu`, { version: String(seen), note: NOTE });
      assert.equal(late.statusCode, 409);
      assert.match(late.body, new RegExp(`Nội dung bạn đã nhập[\\s\\S]*${NOTE}`));
      // No field that leads nowhere: what was written before is read.
      const over = (await people.tiepnhan.get(`/ho-so/${id}`)).body;
      assert.doesNotMatch(over, /name="note"/);
      assert.ok(over.includes(kept));
      assert.equal((await stand(database, id)).state, "stopped");
    }));
});
