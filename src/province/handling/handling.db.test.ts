import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Database } from "#kit/db.ts";
import { instantOf } from "#kit/calendar.ts";
import { newId } from "#kit/ids.ts";
import { verifyPdfSignatures } from "#kit/signing/index.ts";
import { answerSupplement, findDossier, listHistory, listSupplements } from "#province/dossiers/index.ts";
import { listSlips } from "#province/slips/index.ts";
import { withAdmin } from "#tests/support/database.ts";
import { withProvince } from "#tests/support/furnished-province.ts";
import { aDossierAtTheDesk, type DeskExample, deskExample, samplePdf } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";

/** One officer at the desk. */
async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  const get = (url: string) => desk.site.inject({ url, headers: { cookie } });
  const post = (url: string, values: Record<string, string | string[]>) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) body.append(name, one);
    return desk.site.inject({
      method: "POST",
      url,
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      payload: body.toString(),
    });
  };
  /** Posts with the version that the page shows now. */
  const click = async (id: string, action: string, values: Record<string, string | string[]> = {}) => {
    const page = await get(`/ho-so/${id}`);
    const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? "";
    const answer = await post(`/ho-so/${id}/${action}`, { version, ...values });
    const after = answer.statusCode === 303 ? await get(String(answer.headers.location)) : answer;
    return { status: answer.statusCode, body: after.body, location: String(answer.headers.location ?? "") };
  };
  const upload = (
    url: string,
    fields: Record<string, string>,
    file?: { name: string; bytes: Uint8Array },
    control = "file",
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (file) form.append(control, new Blob([Buffer.from(file.bytes)]), file.name);
    const request = new Request("http://x/", { method: "POST", body: form });
    return request.arrayBuffer().then((payload) =>
      desk.site.inject({
        method: "POST",
        url,
        headers: { cookie, origin, "content-type": request.headers.get("content-type") ?? "" },
        payload: Buffer.from(payload),
      }),
    );
  };
  return { get, post, click, upload };
}

const stand = async (database: Database, id: string) => {
  const dossier = await findDossier(database, { tenant, dossierId: id });
  assert.ok(dossier);
  return dossier;
};

describe("the desk", () => {
  test("a dossier goes from the inbox to the returned, signed result", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      assert.match((await clerk.get("/")).body, new RegExp(`/ho-so/${id}`));

      const copied = await clerk.click(id, "ky-so", { note: "Đã kiểm tra giấy tờ." });
      assert.match(copied.body, /Đã ký số 2 tệp/);
      assert.equal((await stand(database, id)).note, "Đã kiểm tra giấy tờ.");

      const received = await clerk.click(id, "tiep-nhan");
      assert.match(received.body, /Mã hồ sơ 000\.20\.31\.H53-\d{6}-0001/);
      const [slip] = await listSlips(database.forTenant(tenant), id);
      const pdf = await clerk.get(`/ho-so/${id}/phieu/${slip?.id}.pdf`);
      assert.equal(pdf.headers["content-type"], "application/pdf");
      const [signature] = await verifyPdfSignatures(pdf.rawPayload, { trustedRoots: desk.signers.trustedRoots });
      assert.deepEqual([signature?.signer, signature?.intact, signature?.trusted], ["Võ Thị Kim Liên", true, true]);

      const page = await clerk.get(`/ho-so/${id}/chuyen-thu-ly`);
      const to = /<option value="([^"]+)"[^>]*>Huỳnh Minh Trí/.exec(page.body)?.[1] ?? "";
      assert.match(
        (await clerk.click(id, "chuyen-thu-ly", { to, note: "Nhờ anh xử lý." })).body,
        /chuyển thụ lý đến Huỳnh Minh Trí/,
      );

      const specialist = await at(desk, "chuyenvien.tayninh");
      assert.match((await specialist.get("/")).body, new RegExp(`/ho-so/${id}`));
      const version = String((await stand(database, id)).version);
      const fields = {
        version,
        number: "12/KS",
        summary: "Giấy khai sinh của Nguyễn Gia Hân",
        effectiveOn: "02/03/2026",
        expiresOn: "",
      };
      const entered = await specialist.upload(`/ho-so/${id}/ket-qua`, fields, {
        name: "giay-khai-sinh.pdf",
        bytes: await samplePdf("GIẤY KHAI SINH"),
      });
      assert.equal(entered.statusCode, 303);

      const leader = await at(desk, "lanhdao.tayninh");
      assert.match((await leader.get("/")).body, /Chờ ký số kết quả/);
      assert.match((await leader.click(id, "ky-ket-qua")).body, /Đã ký số kết quả/);
      const result = await leader.get(`/ho-so/${id}/ket-qua.pdf`);
      const signatures = await verifyPdfSignatures(result.rawPayload, { trustedRoots: desk.signers.trustedRoots });
      assert.deepEqual(
        signatures.map((one) => [one.signer, one.intact, one.trusted]),
        [
          ["Đỗ Hữu Phước", true, true],
          ["Ủy ban nhân dân thị trấn Bến Cầu", true, true],
        ],
      );

      assert.match((await clerk.click(id, "tra-ket-qua")).body, /Đã trả kết quả/);
      assert.equal((await stand(database, id)).state, "returned");
      const actions = (await listHistory(database, { tenant, dossierId: id })).map((entry) => entry.action);
      assert.deepEqual(actions.slice(2), [
        "note",
        "sign-copies",
        "receive",
        "forward",
        "record-result",
        "sign-result",
        "return-result",
      ]);

      // The control slip is made by a press, once for each stand; reading a file issues nothing.
      assert.equal((await clerk.get(`/ho-so/${id}/phieu/kiem-soat.pdf`)).statusCode, 404);
      const control = await clerk.post(`/ho-so/${id}/phieu/kiem-soat`, {});
      assert.equal((await clerk.get(String(control.headers.location))).headers["content-type"], "application/pdf");
      assert.equal((await clerk.post(`/ho-so/${id}/phieu/kiem-soat`, {})).headers.location, control.headers.location);
      const made = (await listSlips(database.forTenant(tenant), id)).find(({ kind }) => kind === "control");
      const steps = made && "steps" in made.content ? made.content.steps : [];
      assert.deepEqual(
        steps.map(({ giver, receiver }) => [giver, receiver]),
        [
          [(await stand(database, id)).applicant.name, "Võ Thị Kim Liên"],
          ["Võ Thị Kim Liên", "Huỳnh Minh Trí"],
          ["Huỳnh Minh Trí", "Lãnh đạo ký"],
          ["Đỗ Hữu Phước", "Bộ phận Một cửa"],
          ["Võ Thị Kim Liên", (await stand(database, id)).applicant.name],
        ],
      );
    }));

  test("a supplement request reaches the dossier in Vietnamese with its reasons and its slip; one that says nothing is refused", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id, applicantSub } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      assert.match((await clerk.get(`/ho-so/${id}/bo-sung`)).body, /value="f-nksHoTen"/);
      const weak = await clerk.click(id, "bo-sung", { chon: "f-nksHoTen", "noi-ro-f-nksHoTen": "ABC", chung: "" });
      assert.equal(weak.status, 422);
      assert.match(weak.body, /href="#chon-f-nksHoTen"/);
      assert.match(weak.body, /id="chon-f-nksHoTen"[^>]*checked/);
      assert.match(weak.body, />ABC<\/textarea>/);
      assert.equal((await stand(database, id)).state, "filed");
      const more = "Chữ đệm khác giấy chứng sinh, đề nghị kiểm tra.";
      assert.match(
        (await clerk.click(id, "bo-sung?lang=en", { chon: "f-nksHoTen", "noi-ro-f-nksHoTen": more })).body,
        /The request was sent to the citizen|Đã gửi yêu cầu bổ sung/,
      );
      const [round] = await listSupplements(database, { tenant, dossierId: id });
      assert.deepEqual(
        round?.items.map(({ ref, label, reason }) => [ref, label, reason]),
        [["nksHoTen", "Họ, chữ đệm, tên người được khai sinh", more]],
      );
      assert.deepEqual(
        (await listSlips(database.forTenant(tenant), id)).map((slip) => slip.kind),
        ["supplement"],
      );

      // The citizen answers; the officer sees what is different.
      const answers = { nksHoTen: "Nguyễn Gia Hâm" };
      const sent = await answerSupplement(database, {
        tenant,
        dossierId: id,
        applicantSub,
        answers,
      });
      assert.ok(sent.ok);
      const page = (await clerk.get(`/ho-so/${id}`)).body;
      assert.match(page, /<del>.*Nguyễn Gia Hân<\/del> <ins>.*Nguyễn Gia Hâm<\/ins>/);
    }));

  test("declining needs a reason that helps; the refusal slip carries it", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      const weak = await clerk.click(id, "tu-choi", { viec: "decline", reason: "KHÔNG HỢP LỆ" });
      assert.equal(weak.status, 422);
      assert.match(weak.body, />KHÔNG HỢP LỆ<\/textarea>/);
      const reason = "Trẻ đã được đăng ký khai sinh tại phường 1 ngày 02/03/2024; đề nghị xin bản sao trích lục.";
      // A document goes with it; a mistake in the form does not lose it.
      const version = String((await stand(database, id)).version);
      const letter = { name: "van-ban-tra-loi.pdf", bytes: await samplePdf("Văn bản trả lời") };
      const again = await clerk.upload(
        `/ho-so/${id}/tu-choi`,
        { version, viec: "decline", reason: "ABC" },
        letter,
        "files",
      );
      assert.equal(again.statusCode, 422);
      assert.match(again.body, /Đã nhận: van-ban-tra-loi\.pdf/);
      const kept = /name="kept" value="([^"]+)"/.exec(again.body)?.[1] ?? assert.fail("the file is not kept");
      const sent = await clerk.upload(`/ho-so/${id}/tu-choi`, { version, viec: "decline", reason, kept });
      assert.equal(sent.statusCode, 303);
      const link = /href="(\/ho-so\/[^"]+\/van-ban\/[^"]+)">van-ban-tra-loi\.pdf/.exec(
        (await clerk.get(`/ho-so/${id}`)).body,
      );
      assert.deepEqual((await clerk.get(link?.[1] ?? "")).rawPayload, Buffer.from(letter.bytes));
      const dossier = await stand(database, id);
      assert.deepEqual([dossier.state, dossier.reason], ["declined", reason]);
      assert.deepEqual(
        (await listSlips(database.forTenant(tenant), id)).map((slip) => slip.kind),
        ["refusal"],
      );
    }));

  test("an answer is put off once with an apology slip; what is late is the leader's to decide; a stop is told in writing", () =>
    withProvince(async (database) => {
      // A Wednesday morning: due the same afternoon, on whatever day this test runs.
      const clock = { now: () => instantOf("2026-11-18", 10) };
      const desk = await deskExample(database, { clock });
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      const leader = await at(desk, "lanhdao.tayninh");
      const specialist = await at(desk, "chuyenvien.tayninh");
      await clerk.click(id, "tiep-nhan", {});
      const due = (await stand(database, id)).dueAt;
      // A same-day service is due within a day, so that it is always late to put it off.
      assert.match((await specialist.get(`/ho-so/${id}/gia-han`)).body, /trình lãnh đạo quyết định/);
      const reason = "Cơ sở dữ liệu hộ tịch điện tử gián đoạn, chưa cấp được số định danh cá nhân.";
      const weak = await leader.click(id, "gia-han", { days: "0", reason, lateReason: "muộn" });
      assert.equal(weak.status, 422);
      assert.match(weak.body, /href="#days"[\s\S]*href="#lateReason"/);
      assert.match(weak.body, new RegExp(`>${reason}</textarea>`));
      await leader.click(id, "gia-han", { days: "2", reason, lateReason: "Sự cố xảy ra trong ngày trả kết quả." });
      const moved = await stand(database, id);
      assert.ok(due && moved.dueAt && moved.dueAt > due);
      const again = await leader.click(id, "gia-han", {
        days: "2",
        reason,
        lateReason: "Sự cố kéo dài thêm một ngày.",
      });
      assert.match(again.body, /đã được gia hạn một lần/);
      await leader.click(id, "tu-choi", { viec: "stop", reason: "Người nộp đã đề nghị dừng giải quyết bằng văn bản." });
      assert.deepEqual((await listSlips(database.forTenant(tenant), id)).map((slip) => slip.kind).toSorted(), [
        "apology",
        "receipt",
        "stop",
      ]);
    }));

  test("of two officers with the same page open the second changes nothing, reads why, and keeps the note", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      const seen = String((await stand(database, id)).version);
      assert.equal((await clerk.post(`/ho-so/${id}/tiep-nhan`, { version: seen })).statusCode, 303);
      const second = await clerk.post(`/ho-so/${id}/luu`, { version: seen, note: "Ghi chú của người thứ hai" });
      assert.equal(second.statusCode, 409);
      assert.match(second.body, /vừa được người khác thay đổi/);
      assert.match(second.body, />Ghi chú của người thứ hai<\/textarea>/);
      assert.equal((await stand(database, id)).note, null);
      const twice = await clerk.post(`/ho-so/${id}/tiep-nhan`, { version: seen });
      assert.equal(twice.statusCode, 409);
    }));

  test("a result with mistakes keeps the uploaded file and every field, and a file that is no PDF is refused", () =>
    withProvince(async (database) => {
      const desk = await deskExample(database);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const clerk = await at(desk, "tiepnhan.tayninh");
      await clerk.click(id, "tiep-nhan");
      const specialist = await at(desk, "chuyenvien.tayninh");
      const fields = {
        version: String((await stand(database, id)).version),
        number: "",
        summary: "Giấy khai sinh",
        effectiveOn: "31/02/2026",
        expiresOn: "",
      };
      const file = { name: "kq.pdf", bytes: await samplePdf("KQ") };
      const wrong = await specialist.upload(`/ho-so/${id}/ket-qua`, fields, file);
      assert.equal(wrong.statusCode, 422);
      assert.match(wrong.body, /Đã nhận tệp “kq\.pdf”/);
      assert.match(wrong.body, /value="31\/02\/2026"/);
      assert.match(wrong.body, /href="#number"[\s\S]*href="#effectiveOn"/);
      const kept = /name="kept" value="([^"]+)"/.exec(wrong.body)?.[1] ?? "";
      const good = { ...fields, number: "12/KS", effectiveOn: "02/03/2026", kept };
      const notPdf = await specialist.upload(`/ho-so/${id}/ket-qua`, good, {
        name: "kq.pdf",
        bytes: Buffer.from("MZ not a pdf"),
      });
      assert.equal(notPdf.statusCode, 422);
      assert.match(notPdf.body, /phải là PDF/);
      assert.equal((await specialist.upload(`/ho-so/${id}/ket-qua`, good)).statusCode, 303);
      assert.ok((await stand(database, id)).resultId);
      const elsewhere = await specialist.upload(`/ho-so/${id}/ket-qua`, { ...good, kept: `${kept}x` });
      assert.match(elsewhere.body, /Hãy chọn tệp kết quả/);
    }));

  test("officers see only what their sign-in, role and province allow", () =>
    withProvince(async (database, place) => {
      const desk = await deskExample(database);
      const { id } = await aDossierAtTheDesk(database, desk.files);
      const away = await desk.site.inject(`/ho-so/${id}`);
      assert.equal(away.headers.location, `/dang-nhap?next=${encodeURIComponent(`/ho-so/${id}`)}`);
      const lost = await desk.site.inject({
        method: "POST",
        url: `/ho-so/${id}/tiep-nhan`,
        headers: { origin, "content-type": "application/x-www-form-urlencoded" },
        payload: "version=3&note=Da+xem",
      });
      assert.equal(lost.statusCode, 401);
      assert.match(lost.body, /action="\/ho-so\/[^"]+\/tiep-nhan"[\s\S]*name="note" value="Da xem"/);
      const accountant = await at(desk, "ketoan.tayninh");
      assert.equal((await accountant.post(`/ho-so/${id}/tiep-nhan`, { version: "3" })).statusCode, 403);
      assert.equal((await accountant.get(`/ho-so/${newId()}`)).statusCode, 404);
      const kontum = await deskExample(database, { province: "kontum", origin });
      assert.equal((await (await at(kontum, "tiepnhan.kontum")).get(`/ho-so/${id}`)).statusCode, 404);
      // A clerk of one commune does not see another commune's dossier.
      await withAdmin(place, (client) =>
        client.query("update officer set agency_id = 'xa-25684' where username = 'tiepnhan.tayninh'"),
      );
      const elsewhere = await at(desk, "tiepnhan.tayninh");
      assert.equal((await elsewhere.get(`/ho-so/${id}`)).statusCode, 404);
      const file = await database
        .forTenant(tenant)
        .many({ name: "test.files", text: "select id from dossier_file where dossier_id = $1" }, [id]);
      const fileId = (file[0] as { id: string }).id;
      assert.equal((await elsewhere.get(`/tep/${fileId}`)).statusCode, 404);
      const shown = await accountant.get(`/tep/${fileId}`);
      assert.equal(shown.statusCode, 200);
      assert.match(String(shown.headers["content-security-policy"]), /default-src 'none'.*frame-ancestors 'self'/);
      const reads = await withAdmin(place, (client) =>
        client.query("select count(*)::int as n from audit where action = 'file.read'"),
      );
      assert.equal(reads.rows[0].n, 1);
    }));
});
