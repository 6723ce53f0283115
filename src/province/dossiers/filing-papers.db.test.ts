import assert from "node:assert/strict";
import { test } from "node:test";
import { findDossier, listFiles } from "./dossier-view.ts";
import { CAPTCHA_ANSWER } from "./filing-example.ts";
import { begin, CHILD, fillIn, PARENTS, PDF, REQUESTER, sendFields, withPortal } from "#tests/support/filing-walk.ts";

test("a file that is empty, too large, of a wrong kind or a renamed program is refused with its reason; good ones stay", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      Buffer.from("JFIF\0"),
      Buffer.alloc(200),
      Buffer.from([0xff, 0xd9]),
    ]);
    const files = [
      ["rỗng.pdf", Buffer.alloc(0), /là tệp rỗng/],
      ["lớn.pdf", Buffer.concat([PDF, Buffer.alloc(21 * 1_048_576)]), /lớn hơn 20 MB/],
      ["bài.txt", Buffer.from("chữ"), /không thuộc loại tệp/],
      ["chương trình.pdf", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(500)]), /tệp chương trình/],
      ["ảnh.pdf", jpeg, /không đúng với đuôi tệp/],
      ["hỏng.pdf", PDF.subarray(0, 40), /bị hỏng/],
    ] as const;
    const sent = [
      ...files.map(([name, bytes]) => ({ component: "birth-proof", name, bytes })),
      { component: "birth-proof", name: "tốt.pdf", bytes: PDF },
    ];
    const answer = await browser.upload(`/ho-so/${id}/giay-to`, "upload", sent);
    assert.equal(answer.statusCode, 422, answer.body);
    for (const [, , words] of files) assert.match(answer.body, words);
    const kept = await listFiles(database, { tenant: "tayninh", dossierId: id });
    assert.deepEqual(
      kept.map((file) => [file.name, file.mediaType]),
      [["tốt.pdf", "application/pdf"]],
    );
    assert.match(answer.body, /Đã nhận 1 tệp/);
    const removed = await browser.upload(`/ho-so/${id}/giay-to`, `remove:${kept[0]?.id}`, []);
    assert.equal(removed.statusCode, 303, removed.body);
    assert.equal((await listFiles(database, { tenant: "tayninh", dossierId: id })).length, 0);
  });
});

test("more files than one post may hold: the first are kept and the rest is asked for", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    const many = Array.from({ length: 22 }, (_, index) => ({
      component: "birth-proof",
      name: `${index}.pdf`,
      bytes: Buffer.concat([PDF, Buffer.from("\n".repeat(index))]),
    }));
    const answer = await browser.upload(`/ho-so/${id}/giay-to`, "next", many);
    assert.equal(answer.statusCode, 422, answer.body);
    assert.match(answer.body, /Mỗi lần tải lên tối đa 20 tệp/);
    assert.equal((await listFiles(database, { tenant: "tayninh", dossierId: id })).length, 20);
  });
});

test("one chosen file goes up by itself and answers in short", async () => {
  await withPortal(async (browser) => {
    const id = await begin(browser);
    const good = await browser.upload(
      `/ho-so/${id}/giay-to`,
      "upload",
      [{ component: "birth-proof", name: "a.pdf", bytes: PDF }],
      { "x-live": "1" },
    );
    assert.deepEqual(good.json(), { errors: [], notices: [] });
    const bad = await browser.upload(
      `/ho-so/${id}/giay-to`,
      "upload",
      [{ component: "birth-proof", name: "a.exe", bytes: PDF }],
      { "x-live": "1" },
    );
    assert.equal(bad.statusCode, 422);
    assert.match(bad.body, /không thuộc loại tệp/);
  });
});

test("a required paper without a file is an error on the papers' page and keeps the dossier from being sent", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-yeu-cau`, REQUESTER);
    await browser.post(`/ho-so/${id}/ke-khai/nguoi-duoc-khai-sinh`, CHILD());
    await browser.post(`/ho-so/${id}/ke-khai/cha-me`, PARENTS);
    const papers = await browser.upload(`/ho-so/${id}/giay-to`, "next", []);
    assert.equal(papers.statusCode, 422);
    assert.match(papers.body, /Giấy tờ này là bắt buộc/);
    assert.match(papers.body, /href="#file\.birth-proof"/);
    const check = await browser.get(`/ho-so/${id}/kiem-tra`);
    assert.doesNotMatch(check.body, /name="submissionId"/);
    await browser.post(`/ho-so/${id}/kiem-tra`, { submissionId: crypto.randomUUID(), captcha: CAPTCHA_ANSWER });
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});

test("papers that changed in another tab after the last look are not sent unseen", async () => {
  await withPortal(async (browser, database) => {
    const id = await begin(browser);
    await fillIn(browser, id);
    const fields = sendFields((await browser.get(`/ho-so/${id}/kiem-tra`)).body);
    await browser.upload(`/ho-so/${id}/giay-to`, "upload", [
      { component: "birth-proof", name: "thêm.pdf", bytes: Buffer.concat([PDF, Buffer.from("\n")]) },
    ]);
    const answer = await browser.post(`/ho-so/${id}/kiem-tra`, fields);
    assert.equal(answer.statusCode, 422, answer.body);
    assert.match(answer.body, /Giấy tờ đính kèm đã thay đổi/);
    assert.equal((await findDossier(database, { tenant: "tayninh", dossierId: id }))?.state, "draft");
  });
});
