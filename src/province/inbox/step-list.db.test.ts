import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "#kit/db.ts";
import { newId } from "#kit/ids.ts";
import { forwardDossier } from "#province/dossiers/index.ts";
import { deskExample } from "#province/handling/desk-example.ts";
import { listSteps } from "#province/steps/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import {
  acting,
  aReceivedDossier,
  officerActor,
  openSteps,
  standardProcess,
  useProcess,
} from "../dossiers/process-example.ts";

/** A dossier that waits for a leader to say who appraises it; the value of its box in the list. */
async function waitingForLeader(database: Database) {
  const id = await aReceivedDossier(database);
  const clerk = await officerActor(database, "one-stop");
  const to = { unit: { id: "xa-25681", name: "UBND thị trấn Bến Cầu" } };
  assert.ok((await forwardDossier(database, { ...(await acting(database, id, clerk)), to })).ok);
  return id;
}

async function box(database: Database, id: string) {
  const [task] = await openSteps(database, id);
  return ["d", `${id}:${task?.id}:${task?.revision}`] as const;
}

test("many steps at once: taken, finished and given, each by itself with its outcome", () =>
  withProvince(async (database, place) => {
    await useProcess(database, standardProcess("department"));
    const desk = await deskExample(database);
    const [lead, tri] = [await desk.signIn("lanhdao.tayninh"), await desk.signIn("chuyenvien.tayninh")];
    const get = async (url: string, cookie: string) => (await desk.site.inject({ url, headers: { cookie } })).body;
    const post = (url: string, cookie: string, pairs: readonly (readonly [string, string])[]) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { origin: "http://localhost:8083", cookie, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
      });
    /** Does it and reads how each ended. */
    const many = async (cookie: string, action: string, boxes: readonly (readonly [string, string])[], note = "") => {
      const id = newId();
      const answer = await post("/buoc/hang-loat", cookie, [["lo", id], ["viec", action], ["note", note], ...boxes]);
      assert.equal(answer.headers.location, `/hang-loat/${id}`, answer.body.slice(0, 400));
      const page = await get(`/hang-loat/${id}`, cookie);
      return { id, outcomes: [...page.matchAll(/Xong<|Không làm được</g)].map(([word]) => word.slice(0, -1)), page };
    };
    const ids = [await waitingForLeader(database), await waitingForLeader(database), await waitingForLeader(database)];
    const [first = "", second = "", third = ""] = ids;
    const boxes = await Promise.all(ids.map((id) => box(database, id)));
    const listed = await get("/buoc", lead);
    for (const [, value] of boxes) assert.ok(listed.includes(`name="d" value="${value}"`), value);

    const taken = await many(lead, "claim-step", boxes.slice(0, 2));
    assert.deepEqual(taken.outcomes, ["Xong", "Xong"]);
    assert.match(taken.page, /Xong 2 trên 2 bước[\s\S]*Phân công thụ lý/);
    const officers = await Promise.all(
      ids.map(async (id) => (await openSteps(database, id))[0]?.officer?.name ?? null),
    );
    assert.deepEqual(officers, [...new Array(2).fill((await officerActor(database, "leader")).name), null]);

    // What was seen before somebody took it is not finished: two of three.
    const now = [await box(database, first), boxes[1] ?? boxes[0], await box(database, third)];
    const finished = await many(
      lead,
      "complete-step",
      now.flatMap((one) => (one ? [one] : [])),
      "Giao phòng chuyên môn thẩm định.",
    );
    assert.deepEqual(finished.outcomes, ["Xong", "Không làm được", "Xong"]);
    const steps = async (id: string) => await listSteps(database.forTenant("tayninh"), id);
    assert.deepEqual((await steps(first))?.done.map(({ node, content }) => [node, content]).at(-1), [
      "assign",
      "Giao phòng chuyên môn thẩm định.",
    ]);
    assert.deepEqual([(await steps(first))?.now[0]?.node, (await steps(second))?.now[0]?.node], ["appraise", "assign"]);
    // The process died after the act and before its outcome was written: the step knows what was done.
    await withAdmin(place, (client) =>
      client.query("update desk_batch_item set outcome = null where position in (1, 2)"),
    );
    await post(`/hang-loat/${finished.id}/tiep`, lead, []);
    assert.match(await get(`/hang-loat/${finished.id}`, lead), /Xong 2 trên 3 bước/);
    assert.equal((await steps(first))?.now[0]?.node, "appraise", "and nothing is done twice");

    // A step that an act ends is not finished here; whoever gets one must be able to do it.
    const work = [await box(database, first), await box(database, third)];
    const early = await many(tri, "complete-step", work);
    assert.deepEqual(early.outcomes, ["Không làm được", "Không làm được"]);
    assert.match(await get("/buoc", tri), /Xong khi bấm “Nhập kết quả”/);
    const nobody = await post("/buoc/hang-loat", tri, [
      ["lo", newId()],
      ["viec", "assign-step"],
      ["note", "Nhờ anh xem giúp."],
      ...work.slice(0, 1),
    ]);
    assert.equal(nobody.statusCode, 422);
    assert.match(nobody.body, /Hãy chọn cán bộ để giao[\s\S]*Nhờ anh xem giúp\./);
    assert.match(nobody.body, new RegExp(`value="${work[0]?.[1]}" checked`));
    const clerk = await officerActor(database, "one-stop");
    // Nothing that was typed is cut off in silence: a message is as long as at the step's own page.
    const long = await post("/buoc/hang-loat", tri, [
      ["lo", newId()],
      ["viec", "assign-step"],
      ["note", "x".repeat(501)],
      ["can-bo", clerk.id],
      ...work,
    ]);
    assert.match(long.body, /dài quá 500 ký tự/);
    const unfit = await many(tri, "assign-step", [...work, ["can-bo", clerk.id]]);
    assert.deepEqual(unfit.outcomes, ["Không làm được", "Không làm được"]);
    const self = await officerActor(database, "specialist");
    assert.deepEqual((await many(tri, "assign-step", [...work, ["can-bo", self.id]])).outcomes, ["Xong", "Xong"]);
    assert.equal((await openSteps(database, third))[0]?.officer?.id, self.id);

    // Waiting for the applicant is not late; another agency's officer reaches none of them.
    await withAdmin(place, async (client) => {
      await client.query("update process_task set due_at = now() - interval '1 day' where state = 'open'");
      await client.query("set session_replication_role = replica");
      await client.query(
        "update dossier set state = 'supplement-requested', resume_state = 'processing' where id = $1",
        [first],
      );
    });
    const late = (await get("/buoc", tri)).match(/Đang chờ người dân|Quá hạn/g);
    assert.deepEqual(late?.toSorted(), ["Quá hạn", "Đang chờ người dân"]);
    const waiting = (await get(`/ho-so/${first}`, tri)).split('id="steps-title"')[1]?.split("</section>")[0] ?? "";
    assert.match(waiting, /Đang chờ người dân/);
    assert.doesNotMatch(waiting, /Quá hạn|:"late"/);
    await withAdmin(place, (client) =>
      client.query("update officer set agency_id = 'so-tu-phap' where username = 'lanhdao.tayninh'"),
    );
    const far = await post("/buoc/hang-loat", lead, [
      ["lo", newId()],
      ["viec", "claim-step"],
      await box(database, third),
    ]);
    assert.equal(far.statusCode, 422);
    assert.match(far.body, /Hãy chọn ít nhất một bước/);
    const foreign = newId();
    await post("/hang-loat", lead, [
      ["lo", foreign],
      ["viec", "sign-result"],
      ["d", `${third}:1`],
    ]);
    const told = await get(`/hang-loat/${foreign}`, lead);
    assert.match(told, /Hồ sơ không còn trong phạm vi của bạn/);
    assert.doesNotMatch(told, /Nguyễn Văn An|H53-\d{6}-\d{4}/);
  }));
