import assert from "node:assert/strict";
import { test } from "node:test";
import { readFees } from "./fee-of-record.ts";
import type { RawChannel, RawProcedure } from "./record.ts";

const nothing: RawProcedure = {
  code: "1.900001",
  name: "Thủ tục thử",
  field: null,
  levels: [],
  issuer: null,
  decision: null,
  agencies: [],
  audience: [],
  channels: [],
  papers: [],
  results: [],
  legalBasis: [],
  steps: [],
  conditions: null,
};
const name = { vi: "Thử", en: "Trial" };
const read = (channel: Partial<RawChannel>) =>
  readFees({ ...nothing, channels: [{ way: "online", time: null, fee: 0, currency: "VND", ...channel }] }, name);

test("free is what the catalogue's words say of everybody; its zero, and words about something else, are not", () => {
  const reasons = (notes: readonly string[]) =>
    notes.map((note) => read({ note }).fees.map(({ amount }) => (amount.type === "free" ? amount.reason.vi : amount)));
  assert.deepEqual(
    reasons([
      "(- Không có)",
      "(Không thu lệ phí)Nộp tại Bộ phận một cửa",
      "(- Miễn lệ phí (Thông tư số 47/2019/TT-BTC).)",
      "Không quy định về thời hạn giải quyết, phí, lệ phí",
    ]),
    [
      ["Không có"],
      ["Không thu lệ phí"],
      ["Miễn lệ phí (Thông tư số 47/2019/TT-BTC)."],
      ["Không quy định về thời hạn giải quyết, phí, lệ phí"],
    ],
  );
  for (const note of [
    "(Miễn lệ phí cho người thuộc hộ nghèo; người khuyết tật.)",
    "(Miễn phí đối với: người di cư từ Lào)",
    "- Thời hạn kiểm tra tính đầy đủ: không quy định.",
    "Không quy định thời hạn giải quyết",
    "cơ quan thuế quyết định miễn thuế, giảm thuế",
    "không quy định cụ thể",
  ])
    assert.deepEqual([read({ note }).fees, read({ note }).text], [[], note], note);
  const zero = read({ fee: null, feeName: "Phí : 0 Đồng" });
  assert.deepEqual([zero.fees, zero.text], [[], "Phí : 0 Đồng"]);
  const [line] = readFees({ ...nothing, feeText: "- Qua văn bản điện tử\n- Không quy định phí, lệ phí" }, name).fees;
  assert.equal(line?.amount.type, "free");
});
