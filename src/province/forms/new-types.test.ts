import assert from "node:assert/strict";
import { test } from "node:test";
import { Banks } from "vietnam-qr-pay";
import { answerWords } from "./answer-words.ts";
import { BANKS } from "./banks.ts";
import { checkDefinition } from "./definition-check.ts";
import { lintForm } from "./definition-lint.ts";
import { pruneAnswers } from "./evaluation.ts";
import type { Answers, Condition, Expression, FormDefinition, FormItem } from "./form.ts";
import { readFormPost } from "./read-form-post.ts";
import { renderFormPage } from "./render-form-page.ts";
import { toJsonSchema } from "./json-schema.ts";
import { validateAnswers } from "./validate-answers.ts";

const label = (name: string) => ({ vi: name, en: name });

function formOf(items: readonly FormItem[], more: Partial<FormDefinition> = {}): FormDefinition {
  const section = { id: "main", title: label("Chính"), items };
  return {
    id: "t",
    version: 1,
    title: label("T"),
    pages: [{ id: "p", title: label("P"), sections: [section] }],
    ...more,
  };
}

const context = { facts: { "account.birthDate": "1990-02-28" }, today: "2026-11-22" };

const TYPES = formOf([
  { id: "org", type: "organisationName", label: label("Tên tổ chức") },
  { id: "plate", type: "vehiclePlate", label: label("Biển số") },
  { id: "account", type: "bankAccount", label: label("Tài khoản") },
  { id: "point", type: "mapPoint", label: label("Vị trí") },
  { id: "sign", type: "signature", label: label("Chữ ký") },
  { id: "home", type: "address", units: "either", label: label("Nơi ở") },
  { id: "proof", type: "file", component: "proof", label: label("Giấy chứng sinh"), required: true },
]);

function reasons(body: Record<string, string>, files: Record<string, string[]> = { proof: ["a.pdf"] }) {
  const [page] = TYPES.pages;
  assert.ok(page);
  const answers = readFormPost(TYPES, page, body, {}, units);
  return validateAnswers(TYPES, answers, { ...context, files }).errors.map((e) => `${e.field}: ${e.reason}`);
}

/** Two communes of one province, in both systems. */
const units = {
  resolve: (chosen: { system: "three-level" | "two-level"; province: string; district: string; commune: string }) => ({
    ...chosen,
    area: chosen.commune === "25684" ? "Thị trấn Bến Cầu, Tỉnh Tây Ninh" : "",
  }),
};

test("every new type takes what people write and says what is wrong beside the right control", () => {
  const good = {
    org: "Công ty TNHH Một Thành Viên “An & Bình”",
    plate: "70a-123.45",
    "account.bank": "970436",
    "account.number": "0071 0001 2345",
    "point.lat": "11,3104",
    "point.lng": "106.0989",
    "sign.typed": "Nguyễn Văn An",
    "sign.strokes": "",
    "home.system": "two-level",
    "home.province": "80",
    "home.commune": "25684",
    "home.detail": "12 ấp 3",
  };
  assert.deepEqual(reasons(good), []);
  const wrong: readonly [Record<string, string>, string][] = [
    [{ org: "!!" }, "org: organisation-short"],
    [{ org: "An <b>" }, "org: organisation-characters"],
    [{ plate: "ABC" }, "plate: plate-shape"],
    [{ "account.bank": "000000" }, "account.bank: choice-unknown"],
    [{ "account.number": "12" }, "account.number: account-shape"],
    [{ "account.bank": "" }, "account.bank: required-bank"],
    [{ "point.lat": "911" }, "point.lat: latitude-range"],
    [{ "point.lng": "đông" }, "point.lng: longitude-range"],
    [{ "sign.typed": "An" }, "sign.typed: name-one-word"],
    [{ "sign.strokes": "9999,1;2,2" }, "sign.typed: signature-shape"],
    [{ "home.province": "", "home.commune": "" }, "home.province: required-units"],
    [{ "home.commune": "1" }, "home.commune: required-commune"],
    [{ "home.system": "three-level" }, "home.district: required-district"],
    [{ "home.detail": "" }, "home.detail: required-detail"],
  ];
  for (const [change, reason] of wrong) assert.deepEqual(reasons({ ...good, ...change }), [reason]);
  assert.deepEqual(reasons(good, {}), ["proof: required-file"]);
});

test("new types are read in words, shown as controls and described for programs", () => {
  const said = (id: string, value: Answers[string]) => {
    const item = TYPES.pages[0]?.sections[0]?.items.find((one) => one.id === id);
    return item ? answerWords(item, value, "vi") : "";
  };
  assert.match(said("account", { bank: "970436", number: "0071" }), /^0071, Vietcombank – /);
  assert.equal(said("point", { lat: 11.31, lng: 106.1 }), "11,31; 106,1");
  assert.equal(said("sign", { typed: "", strokes: "1,1 2,2" }), "Đã ký trên màn hình");
  const [page] = TYPES.pages;
  assert.ok(page);
  const shown = renderFormPage({ form: TYPES, page, answers: {}, context, lang: "vi" }).markup;
  for (const control of ["account.bank", "point.lat", "sign.strokes", "home.province", "file.proof"]) {
    assert.ok(shown.includes(`name="${control}"`), control);
  }
  assert.ok(JSON.stringify(toJsonSchema(TYPES)).includes("970436"));
});

test("the banks are those of the package", () => {
  const listed = Banks.filter((bank) => !bank.deprecated && /^\d{6}$/.test(bank.bin));
  assert.deepEqual(new Set(BANKS.map(([bin]) => bin)), new Set(listed.map(({ bin }) => bin)));
});

const shop: FormDefinition = {
  ...formOf([
    { id: "born", type: "date", label: label("Ngày sinh") },
    { id: "from", type: "date", label: label("Từ") },
    { id: "to", type: "date", label: label("Đến") },
    { id: "fee", type: "money", label: label("Lệ phí") },
  ]),
};
function computed(expression: Expression, answers: Answers, type: "integer" | "decimal" = "decimal") {
  const form: FormDefinition = {
    ...shop,
    pages: [
      ...shop.pages,
      {
        id: "q",
        title: label("Q"),
        sections: [
          {
            id: "goods",
            title: label("Hàng"),
            repeat: { min: 0, max: 9, row: label("Món") },
            items: [
              { id: "price", type: "money", label: label("Giá") },
              { id: "pieces", type: "integer", label: label("Số lượng") },
              {
                id: "line",
                type: "money",
                label: label("Dòng"),
                derive: [{ compute: { product: ["price", "pieces"] } }],
              },
            ],
          },
          {
            id: "sums",
            title: label("Tổng"),
            items: [{ id: "x", type, label: label("X"), derive: [{ compute: expression }] }],
          },
        ],
      },
    ],
  };
  assert.deepEqual(checkDefinition(form), [], JSON.stringify(expression));
  return pruneAnswers(form, answers, context)["x"];
}

test("figures are worked out from answers, and from nothing comes no figure", () => {
  const goods = [
    { row: "r1", price: 2_000, pieces: 3 },
    { row: "r2", price: 500, pieces: 2 },
    { row: "r3", price: 9 },
  ];
  assert.equal(computed({ total: { rows: "goods", of: "line" } }, { goods }), 7_000);
  assert.equal(computed({ total: { rows: "goods", of: { product: ["price", 2] } } }, { goods }), 5_018);
  assert.equal(computed({ count: "goods" }, { goods }), 3);
  assert.equal(computed({ sum: ["fee", { total: { rows: "goods", of: "line" } }] }, { goods, fee: 1 }), 7_001);
  assert.equal(computed({ sum: ["fee", 1] }, {}), undefined);
  assert.equal(computed({ sum: [{ orZero: "fee" }, 1] }, {}), 1);
  assert.equal(computed({ sum: [0.1, 0.2] }, {}), 0.3);
  assert.equal(computed({ quotient: ["fee", 0] }, { fee: 1 }), undefined);
  assert.equal(computed({ quotient: [7, 2] }, {}, "integer"), 4);
  assert.equal(computed({ max: [1, { min: [5, 3] }] }, {}), 3);
  assert.equal(computed({ product: [9e15, 9e15] }, {}), undefined);
  assert.equal(computed({ days: ["from", "to"] }, { from: "2024-02-28", to: "2024-03-01" }), 2);
  assert.equal(computed({ years: ["born", { today: 0 }] }, { born: "2008-11-23" }), 17);
  assert.equal(computed({ age: "born" }, { born: "2008-11-22" }), 18);
  assert.equal(computed({ age: "account.birthDate" }, {}), 36);
  assert.equal(computed({ age: "born" }, { born: "hôm qua" }), undefined);
});

test("publishing refuses circles through figures, figures of words, and operators that nobody knows", () => {
  const sum = (id: string, of: unknown, type: FormItem["type"] = "integer"): FormItem => ({
    id,
    type,
    label: label(id),
    derive: [{ compute: of as Expression }],
  });
  const problems = (...items: FormItem[]) => checkDefinition(formOf(items)).join("\n");
  assert.match(
    problems(sum("a", { sum: ["b", 1] }), sum("b", { product: ["a", 2] })),
    /depends on itself \(a → b → a\)/,
  );
  assert.match(
    problems(sum("a", { age: "b" }, "text"), { id: "b", type: "date", label: label("b") }),
    /text cannot be computed/,
  );
  assert.match(problems(sum("a", { power: [1, 2] })), /unknown expression/);
  assert.match(problems(sum("a", { sum: ["nobody"] })), /unknown item nobody/);
  assert.match(problems({ id: "f", type: "file", label: label("f") }), /needs the code of its component/);
});

test("the look at a form finds what can never be asked, and papers that no case needs", () => {
  const choice = (id: string, when?: Condition): FormItem => ({
    id,
    type: "choice",
    label: label(id),
    ...(when === undefined ? {} : { when }),
    choices: [
      { value: "x", label: label("x") },
      { value: "y", label: label("y") },
    ],
  });
  const form = formOf(
    [
      choice("a"),
      choice("b", { eq: ["a", "x"] }),
      {
        id: "never",
        type: "text",
        label: label("Không bao giờ"),
        when: { and: [{ eq: ["a", "y"] }, { eq: ["b", "x"] }] },
      },
      { id: "who", type: "personName", label: { vi: "Họ tên", en: "Name" }, when: { eq: ["b", "y"] } },
    ],
    { rules: [{ id: "odd", when: { and: [{ eq: ["a", "x"] }, { empty: "a" }] }, at: "a", message: label("m") }] },
  );
  const components = [
    {
      code: "idle",
      kind: "paper" as const,
      required: true,
      asked: { and: [{ eq: ["a", "x"] }, { eq: ["a", "y"] }] } as Condition,
    },
    { code: "loose", kind: "paper" as const, required: { and: [{ eq: ["a", "y"] }, { eq: ["b", "y"] }] } as Condition },
    { code: "good", kind: "paper" as const, required: { eq: ["b", "y"] } as Condition },
  ];
  const found = lintForm(form, { components }).map(({ code, place }) => `${code} ${place}`);
  assert.deepEqual(found, [
    "unreachable-question item never",
    "rule-never-holds rule odd",
    "paper-never-asked component idle",
    "paper-never-required component loose",
    "untranslated item never",
    "purpose-missing item who",
  ]);
  assert.deepEqual(
    lintForm(formOf([{ ...choice("a"), when: { eq: ["a", "x"] } }])).map(({ code, severity }) => [code, severity]),
    [["circle", "error"]],
  );
});
