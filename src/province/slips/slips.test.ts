import assert from "node:assert/strict";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { renderSlip, SLIP_RULE_SETS, slipForm, type SlipKind, slipRuleSet } from "./index.ts";
import { sectorFormOn } from "./sector-forms.ts";
import { slipSamples } from "./slip-samples.ts";

const kinds: readonly SlipKind[] = ["receipt", "supplement", "refusal", "apology", "stop", "control"];
const identity = {
  number: 7,
  year: 2020,
  code: "ABCDEFGHJKMNPQRS",
  createdAt: new Date("2020-06-10T01:19:00Z"),
  portalOrigin: "http://localhost:8082",
};

const LONG_NAME =
  "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam; cơ quan, tổ chức có thẩm quyền của nước ngoài; cơ quan, tổ chức có thẩm quyền của Việt Nam liên kết với cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận";

async function textOf(pdf: Uint8Array): Promise<{ text: string; pages: number }> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const parts: string[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    parts.push(items.map((item) => ("str" in item ? item.str : "")).join(" "));
  }
  const pages = document.numPages;
  await task.destroy();
  return { text: parts.join(" ").replaceAll(/\s+/g, " "), pages };
}

for (const kind of kinds) {
  test(`slip ${kind}: national head, statutory title, number, dossier and applicant stand on one page`, async () => {
    const pdf = await renderSlip(kind, slipSamples[kind] as never, { ...identity, kind, ruleSet: "circular-01-2018" });
    const { text, pages } = await textOf(pdf);
    assert.equal(pages, 1);
    const form = slipForm(kind, "circular-01-2018");
    for (const part of [
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      form.title,
      `Số: 07/${form.symbol}`,
      "Nguyễn Thị Ngọc Ẩn",
      "ABCD-EFGH-JKMN-PQRS",
      "ngày 10 tháng 6 năm 2020",
    ]) {
      assert.ok(text.includes(part), `"${part}" is missing in: ${text}`);
    }
  });
}

for (const [form, kind] of [
  ["CT04", "receipt"],
  ["CT05", "supplement"],
  ["CT06", "refusal"],
] as const) {
  test(`residence: ${form} takes the place of the usual slip, by the circular of the day of issue`, async () => {
    assert.equal(sectorFormOn(form, kind, "2023-12-31"), `${form}@56-2021`);
    assert.equal(sectorFormOn(form, kind, "2024-01-01"), `${form}@66-2023`);
    assert.equal(sectorFormOn(form, kind, "2020-06-10"), undefined);
    assert.equal(sectorFormOn(form, kind === "receipt" ? "refusal" : "receipt", "2026-01-01"), undefined);
    const stored = sectorFormOn(form, kind, "2026-06-10");
    const pdf = await renderSlip(kind, slipSamples[kind] as never, {
      ...identity,
      kind,
      ruleSet: "circular-01-2018",
      ...(stored ? { form: stored } : {}),
    });
    const { text, pages } = await textOf(pdf);
    assert.equal(pages, 1);
    const { title } = slipForm(kind, "circular-01-2018", stored);
    for (const part of [
      `Mẫu ${form}`,
      title,
      "072190000001",
      "Thông tư số 53/2025/TT-BCA",
      "dichvucong.tayninh.gov.vn",
    ])
      assert.ok(text.includes(part), `"${part}" is missing in: ${text}`);
  });
}

test("the appointment says when in Viet Nam's time, and the supplement request names each thing with its reason", async () => {
  const receipt = await textOf(
    await renderSlip("receipt", slipSamples.receipt, { ...identity, kind: "receipt", ruleSet: "circular-01-2018" }),
  );
  assert.match(receipt.text, /17 giờ 00 phút, ngày 09\/07\/2020/);
  const supplement = await textOf(
    await renderSlip("supplement", slipSamples.supplement, {
      ...identity,
      kind: "supplement",
      ruleSet: "circular-03-2025",
    }),
  );
  for (const item of slipSamples.supplement.items) assert.ok(supplement.text.includes(item.reason));
  assert.match(supplement.text, /03\/2025\/TT-VPCP/);
});

test("a slip of a dossier that still owes says how much and where anybody may pay it", async () => {
  const payment = { amount: 800_000, address: "http://localhost:8082/nop-thay/0123456789abcdef0123456789abcdef" };
  // The longest name of a procedure that people ask for every day: all of it is one sheet, with both signatures.
  const { dossier } = slipSamples.receipt;
  const content = {
    ...slipSamples.receipt,
    dossier: { ...dossier, holderName: undefined, procedureName: LONG_NAME },
    components: [
      { name: "Yêu cầu chứng thực điền trên mạng", electronic: 1 },
      { name: "Ảnh chụp hoặc bản quét", electronic: 1 },
    ],
    payment,
  };
  const { text, pages } = await textOf(
    await renderSlip("receipt", content, { ...identity, kind: "receipt", ruleSet: "circular-01-2018" }),
  );
  assert.equal(pages, 1);
  assert.match(text, /còn phải nộp: 800\.000 đ/);
  assert.ok(text.replaceAll(" ", "").includes(payment.address));
});

test("thirty papers and a hundred lines of reasons flow over pages and lose nothing", async () => {
  const components = Array.from({ length: 30 }, (_, index) => ({
    name: `Giấy tờ số ${index + 1} có tên rất dài để chiếm nhiều dòng trong bảng`,
    electronic: 1,
  }));
  const pdf = await renderSlip(
    "receipt",
    { ...slipSamples.receipt, components },
    { ...identity, kind: "receipt", ruleSet: "circular-01-2018" },
  );
  const { text, pages } = await textOf(pdf);
  assert.ok(pages > 1);
  assert.ok(components.every((row) => text.includes(row.name.slice(0, 15))));
});

test("the rule set is that of the day, or the one a tenant is pinned to", () => {
  assert.equal(slipRuleSet("2025-09-14").id, "circular-01-2018");
  assert.equal(slipRuleSet("2025-09-15").id, "circular-03-2025");
  assert.equal(slipRuleSet("2026-11-21", "circular-01-2018").id, "circular-01-2018");
  assert.throws(() => slipRuleSet("2026-11-21", "tt-99"), RangeError);
  assert.deepEqual(
    SLIP_RULE_SETS.map((set) => Object.keys(set.forms).length),
    [6, 6],
  );
});

const HOSTILE = '#panic("x") $a$ \\ <img onerror=1> ] } *_` @nobody //x \u0007\u202e Ỗ';

/** Every word of a content that people type, made hostile; days and addresses stay what they are. */
function hostile(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => hostile(one, key));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, name)]));
  return typeof value === "string" && !/(?:At|^id|^at|channel|result)$/.test(key) ? HOSTILE : value;
}

test("hostile text in every word of every slip stays text, and the slip is made", async () => {
  for (const kind of kinds) {
    const content = hostile(slipSamples[kind]) as never;
    const pdf = await renderSlip(kind, content, { ...identity, kind, ruleSet: "circular-01-2018" });
    const { text } = await textOf(pdf);
    for (const part of ['#panic("x")', "<img onerror=1>", "@nobody"])
      assert.ok(text.includes(part), `${kind}: ${part} in ${text.slice(0, 400)}`);
  }
});
