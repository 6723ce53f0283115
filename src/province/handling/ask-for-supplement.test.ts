import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AskableItem } from "./ask-for-supplement.ts";
import { askableItems, checkAsk, readAsk } from "./ask-for-supplement.ts";
import { supplementReasonsFor } from "#province/procedure/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import type { DeskDossier } from "./desk-dossier.ts";

const paper: AskableItem = {
  key: "p-GCS",
  target: "component",
  ref: "GCS",
  label: "Giấy chứng sinh",
  value: "1 tệp",
  reasons: supplementReasonsFor(undefined, { target: "component", ref: "GCS", present: true }),
};
const field: AskableItem = {
  key: "f-nksHoTen",
  target: "field",
  ref: "nksHoTen",
  label: "Họ tên trẻ",
  value: "Nguyễn Gia Hân",
  reasons: supplementReasonsFor(undefined, { target: "field", ref: "nksHoTen", type: "personName", present: true }),
};
const ask = (form: Record<string, string | string[]>) => checkAsk([paper, field], readAsk(form), "vi");
const fieldsOf = (checked: ReturnType<typeof checkAsk>) =>
  checked.ok ? [] : checked.errors.map((error) => error.field);

describe("a request for a supplement", () => {
  test("names each thing with its reason, from the list and in the officer's words", () => {
    const checked = ask({
      chon: ["p-GCS", "f-nksHoTen"],
      "ly-do-p-GCS": "blurred",
      "noi-ro-f-nksHoTen": "Chữ đệm khác giấy chứng sinh, đề nghị sửa lại.",
    });
    assert.ok(checked.ok);
    assert.deepEqual(
      checked.items.map(({ ref, reason }) => [ref, reason]),
      [
        ["GCS", "Ảnh hoặc bản quét bị mờ, không đọc được. Đề nghị chụp lại rõ, đủ bốn góc."],
        ["nksHoTen", "Chữ đệm khác giấy chứng sinh, đề nghị sửa lại."],
      ],
    );
  });

  test("carries the reason's own example unless the officer gives another, in words or as a file", () => {
    const file = { sha256: "a".repeat(64), name: "mau.png", size: 9, mediaType: "image/png" };
    const typed = readAsk(
      {
        chon: ["p-GCS", "f-nksHoTen"],
        "ly-do-p-GCS": "blurred",
        "ly-do-f-nksHoTen": "name",
        "vi-du-f-nksHoTen": "Lê A",
      },
      { "p-GCS": file, "p-OTHER": file },
    );
    const checked = checkAsk([paper, field], typed, "vi");
    assert.ok(checked.ok);
    assert.deepEqual(
      checked.items.map((item) => [item.example?.text?.slice(0, 8), item.example?.file]),
      [
        ["Đặt giấy", file],
        ["Lê A", undefined],
      ],
    );
    const plain = ask({ chon: "p-GCS", "ly-do-p-GCS": "blurred" });
    assert.ok(plain.ok);
    assert.match(plain.items[0]?.example?.text ?? "", /Đặt giấy trên mặt phẳng/);
  });

  test("refuses reasons that really were sent to people and told them nothing", () => {
    for (const reason of ["ABC", "KHÔNG HỢP LỆ", "NỘI DUNG KHÔNG ĐÚNG", "bổ sung hồ sơ", "..."]) {
      assert.deepEqual(fieldsOf(ask({ chon: "p-GCS", "noi-ro-p-GCS": reason })), ["chon-p-GCS"], reason);
    }
    assert.deepEqual(fieldsOf(ask({ chon: "p-GCS" })), ["chon-p-GCS"]);
    assert.deepEqual(fieldsOf(ask({ chon: "p-GCS", "ly-do-p-GCS": "blurred", chung: "ABC" })), ["chung"]);
  });

  test("asks for at least one thing, and ignores things that are not in the dossier", () => {
    assert.deepEqual(fieldsOf(ask({})), ["chon-p-GCS"]);
    assert.deepEqual(fieldsOf(ask({ chon: ["p-OTHER", "<script>"] })), ["chon-p-GCS"]);
  });

  test("one good message for all may speak for the items", () => {
    assert.ok(ask({ chon: ["p-GCS", "f-nksHoTen"], chung: "Đề nghị gửi lại giấy chứng sinh và sửa tên cho khớp." }).ok);
  });

  test("papers without a file can be asked for, and a question that stands in several rows is there once; facts of the account are not", () => {
    const line = { field: "c.r1.pages", item: "pages", label: "Số trang", value: "2", source: "asked" as const };
    const name = { vi: "Giấy chứng sinh", en: "" };
    const view = {
      dossier: { channel: "provincial-portal" },
      procedure: {
        components: [
          { code: "GCS", kind: "paper", name },
          { code: "TK", kind: "paper", name, ways: ["counter"] },
        ],
      },
      papers: [],
      sections: [
        {
          page: "1",
          id: "c",
          title: "",
          lines: [line, { ...line, field: "c.r2.pages", value: "5" }, { ...line, item: "name", source: "fact" }],
        },
      ],
    } as unknown as DeskDossier;
    assert.deepEqual(
      askableItems(view, "vi").map(({ key, value }) => [key, value]),
      [
        ["p-GCS", "chưa có tệp"],
        ["f-pages", "2; 5"],
      ],
    );
    const section = { id: "c", title: { vi: "Giấy tờ", en: "" }, repeat: { min: 1, max: 5, row: name }, items: [] };
    const form = { pages: [{ sections: [section] }] } as unknown as FormDefinition;
    assert.deepEqual(
      askableItems(view, "vi", form)
        .slice(2)
        .map(({ key, label, value }) => [key, label, value]),
      [["f-c", "Giấy tờ: thêm, bớt hoặc khai lại dòng", "1 dòng"]],
    );
  });
});
