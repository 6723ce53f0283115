import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { checkDefinition } from "./definition-check.ts";
import type { Answer, Answers, FormDefinition } from "./form.ts";
import { pruneAnswers, visibleItems } from "./evaluation.ts";
import { readFormPost } from "./read-form-post.ts";
import { toJsonSchema } from "./json-schema.ts";
import { validateAnswers } from "./validate-answers.ts";

const label = (name: string) => ({ vi: name, en: name });

/** The imaginary tennis club that the tests of this room join: every type once, a condition, a repeat, a rule. */
const club: FormDefinition = {
  id: "club",
  version: 1,
  title: label("Đơn xin vào câu lạc bộ"),
  pages: [
    {
      id: "member",
      title: label("Hội viên"),
      sections: [
        {
          id: "who",
          title: label("Bạn là ai"),
          items: [
            {
              id: "fullName",
              type: "personName",
              label: label("Họ tên"),
              required: true,
              prefill: { from: "account.fullName", readOnly: true },
            },
            { id: "idNumber", type: "identityNumber", label: label("Số giấy tờ"), born: "birthDate" },
            { id: "birthDate", type: "partialDate", label: label("Ngày sinh"), latest: 0 },
            { id: "phone", type: "phone", label: label("Điện thoại") },
            { id: "email", type: "email", label: label("Email") },
            { id: "taxCode", type: "taxCode", label: label("Mã số thuế") },
            { id: "home", type: "address", label: label("Nơi ở") },
            { id: "origin", type: "place", label: label("Quê quán") },
            { id: "plays", type: "yesNo", label: label("Biết chơi"), required: true },
            {
              id: "since",
              type: "date",
              label: label("Từ ngày"),
              when: { eq: ["plays", true] },
              required: true,
              latest: 0,
            },
            {
              id: "sinceWords",
              type: "text",
              label: label("Bằng chữ"),
              when: { not: { empty: "since" } },
              derive: [{ words: "since" }],
            },
            {
              id: "hand",
              type: "choice",
              label: label("Tay thuận"),
              choices: ["left", "right"].map((value) => ({ value, label: label(value) })),
            },
            {
              id: "days",
              type: "choices",
              label: label("Ngày chơi"),
              choices: ["sat", "sun"].map((value) => ({ value, label: label(value) })),
            },
            { id: "fee", type: "money", label: label("Phí góp") },
            { id: "size", type: "decimal", label: label("Cỡ giày"), max: 60 },
            { id: "note", type: "longText", label: label("Ghi chú") },
            { id: "group", type: "ethnicGroup", label: label("Dân tộc") },
            { id: "nation", type: "nationality", label: label("Quốc tịch"), default: "VN" },
          ],
        },
        {
          id: "rackets",
          title: label("Vợt"),
          when: { eq: ["plays", true] },
          repeat: { min: 1, max: 3, row: label("Cây vợt") },
          items: [
            { id: "brand", type: "text", label: label("Hiệu"), required: true },
            { id: "strung", type: "yesNo", label: label("Có dây") },
            {
              id: "tension",
              type: "integer",
              label: label("Độ căng"),
              when: { eq: ["strung", true] },
              required: true,
              min: 5,
              max: 40,
            },
          ],
        },
      ],
    },
  ],
  rules: [
    {
      id: "learnedAfterBirth",
      when: { lt: ["since", { item: "birthDate" }] },
      at: "since",
      message: label("Không thể biết chơi trước khi sinh."),
    },
  ],
};

const context = { facts: { "account.fullName": "Nguyễn Văn A" }, today: "2020-07-22" };
const good: Answers = {
  plays: true,
  since: "2015-05-01",
  rackets: [{ row: "r1", brand: "Sông Vàm Cỏ", strung: false }],
};
const errorsOf = (answers: Answers) =>
  validateAnswers(club, answers, context).errors.map((e) => `${e.field}: ${e.reason}`);

test("the club's form can be published", () => {
  assert.deepEqual(checkDefinition(club), []);
});

test("a filled form has no errors, and the account's name is in its answers", () => {
  const { errors, answers } = validateAnswers(club, good, context);
  assert.deepEqual(errors, []);
  assert.equal(answers["fullName"], "Nguyễn Văn A");
  assert.equal(answers["sinceWords"], "Ngày một tháng năm năm hai nghìn không trăm mười lăm");
});

test("what the account says cannot be overwritten by a posted answer", () => {
  assert.equal(pruneAnswers(club, { ...good, fullName: "Kẻ Khác" }, context)["fullName"], "Nguyễn Văn A");
});

test("hidden answers are pruned with everything that depends on them", () => {
  const pruned = pruneAnswers(club, { ...good, plays: false }, context);
  assert.equal("since" in pruned, false);
  assert.equal("sinceWords" in pruned, false);
  assert.equal("rackets" in pruned, false);
});

test("a condition inside a row looks at the same row", () => {
  const rackets = [
    { row: "r1", brand: "A", strung: true },
    { row: "r4", brand: "B", strung: false, tension: 20 },
  ];
  assert.deepEqual(errorsOf({ ...good, rackets }), ["rackets.r1.tension: required-text"]);
  assert.deepEqual(pruneAnswers(club, { ...good, rackets }, context)["rackets"], [
    rackets[0],
    { row: "r4", brand: "B", strung: false },
  ]);
});

test("a repeat that needs a row shows one from the start and refuses more than its most", () => {
  assert.deepEqual(errorsOf({ plays: true, since: "2015-05-01" }), ["rackets.r1.brand: required-text"]);
  const rackets = ["r1", "r2", "r3", "r4"].map((row) => ({ row, brand: "A" }));
  assert.deepEqual(errorsOf({ ...good, rackets }), ["rackets: rows-too-many"]);
});

test("a rule over two answers is reported once, at its item", () => {
  assert.deepEqual(errorsOf({ ...good, birthDate: "2016" }), ["since: rule:learnedAfterBirth"]);
});

test("each field's rule has its reason and a sentence that says what was typed", () => {
  const cases: [string, Answer, string, RegExp?][] = [
    ["idNumber", "07909012345", "identity-length", /12 chữ số\. Bạn đã nhập 11\./],
    ["idNumber", "999090123456", "identity-province"],
    ["idNumber", "ABC", "identity-shape"],
    ["phone", "01234", "phone-length"],
    ["phone", "0123456789", "phone-prefix"],
    ["phone", "0276382253", "phone-length"],
    ["email", "a@b", "email-shape"],
    ["taxCode", "0100047517", "tax-checksum"],
    ["taxCode", "01000", "tax-length"],
    ["home", { detail: "", area: "Xã A, Tỉnh B" }, "required-detail"],
    ["home", { detail: "Ấp 1", area: "Bến Cầu" }, "area-parts"],
    ["origin", "Bến Cầu", "area-parts"],
    ["birthDate", "30/02/1990", "date-not-real"],
    ["birthDate", "hôm qua", "date-partial-shape"],
    ["birthDate", "2021", "date-future"],
    ["hand", "foot", "choice-unknown"],
    ["days", ["mon"], "choice-unknown"],
    ["fee", "1,5", "number-shape"],
    ["fee", -1, "number-too-small"],
    ["size", 61, "number-too-large"],
    ["note", "x".repeat(2001), "text-too-long"],
    ["group", "77", "choice-unknown"],
    ["nation", "ZZ", "choice-unknown"],
  ];
  for (const [item, value, reason, words] of cases) {
    const { errors } = validateAnswers(club, { ...good, [item]: value }, context);
    assert.deepEqual(
      errors.map((error) => error.reason),
      [reason],
      `${item} = ${JSON.stringify(value)}`,
    );
    assert.ok(errors[0]?.message.vi && errors[0].message.en);
    if (words) assert.match(errors[0]?.message.vi ?? "", words);
  }
});

test("an identity number must agree with the year of birth", () => {
  assert.deepEqual(errorsOf({ ...good, idNumber: "072090001234", birthDate: "1990" }), []);
  assert.deepEqual(errorsOf({ ...good, idNumber: "072190001234", birthDate: "1991-02-03" }), [
    "idNumber: identity-birth",
  ]);
});

test("the nine-digit card counts until the end of 2024", () => {
  assert.deepEqual(errorsOf({ ...good, idNumber: "290988774" }), []);
  const later = validateAnswers(club, { ...good, idNumber: "290988774" }, { ...context, today: "2025-01-01" });
  assert.deepEqual(
    later.errors.map((error) => error.reason),
    ["identity-cmnd-over"],
  );
});

test("landline and mobile numbers of the country are taken as people write them", () => {
  for (const phone of ["0276 381 3363", "(0260) 3500 359", "0869.123.603", "+84869123603"]) {
    const answers = readFormPost(club, club.pages[0]!, { phone });
    assert.deepEqual(errorsOf({ ...good, ...answers }), [], phone);
  }
});

test("a posted page becomes typed answers and keeps what could not be read", () => {
  const answers = readFormPost(club, club.pages[0]!, {
    plays: "yes",
    since: "1/5/2015",
    fee: "800.000 đ",
    size: "39,5",
    days: ["", "sat", "sun"],
    birthDate: "1990",
    "home.detail": "  12   Ấp\u200b 1 ",
    "home.area": "Xã A, Tỉnh B",
    idNumber: "079 090 001 234",
    email: "  A@B.VN ",
    "rackets._rows": "r1,r3",
    "rackets.r1.brand": "A",
    "rackets.r3.tension": "nhiều",
    fullName: "Nguye\u0302\u0303n",
    unknown: "x",
    __proto__: "x",
  });
  assert.deepEqual(answers, {
    plays: true,
    since: "2015-05-01",
    fee: 800000,
    size: 39.5,
    days: ["sat", "sun"],
    birthDate: "1990",
    home: { detail: "12 Ấp 1", area: "Xã A, Tỉnh B" },
    idNumber: "079090001234",
    email: "a@b.vn",
    fullName: "Nguyễn",
    rackets: [
      { row: "r1", brand: "A" },
      { row: "r3", tension: "nhiều" },
    ],
  });
});

test("a row is added and removed by the button that was pressed, and ids of other rows stay", () => {
  const page = club.pages[0]!;
  const body = { "rackets._rows": "r1,r2", "rackets.r1.brand": "A", "rackets.r2.brand": "B" };
  const added = readFormPost(club, page, { ...body, _action: "add:rackets" });
  assert.deepEqual(added["rackets"], [{ row: "r1", brand: "A" }, { row: "r2", brand: "B" }, { row: "r3" }]);
  const removed = readFormPost(club, page, { ...body, _action: "remove:rackets:r1" });
  assert.deepEqual(removed["rackets"], [{ row: "r2", brand: "B" }]);
});

test("a definition with an unknown item, a circle or a choice that is not there is refused", () => {
  const broken = structuredClone(club);
  const items = broken.pages[0]!.sections[0]!.items as unknown as Record<string, unknown>[];
  items[1]!["when"] = { eq: ["nobody", 1] };
  items[2]!["when"] = { not: { empty: "phone" } };
  items[3]!["when"] = { not: { empty: "birthDate" } };
  items[4]!["when"] = { eq: ["hand", "foot"] };
  items[5]!["when"] = { sometimes: true };
  items[6]!["when"] = { eq: ["brand", "A"] };
  const problems = checkDefinition(broken).join("\n");
  assert.match(problems, /unknown item nobody/);
  assert.match(problems, /depends on itself/);
  assert.match(problems, /hand has no choice foot/);
  assert.match(problems, /unknown condition/);
  assert.match(problems, /brand stands in rows/);
});

test("a circle that slipped through reads as no answer instead of never ending", () => {
  const circle: FormDefinition = {
    ...club,
    rules: [],
    pages: [
      {
        id: "p",
        title: label("p"),
        sections: [
          {
            id: "s",
            title: label("s"),
            items: [
              { id: "a", type: "text", label: label("a"), when: { empty: "b" } },
              { id: "b", type: "text", label: label("b"), when: { empty: "a" } },
            ],
          },
        ],
      },
    ],
  };
  assert.ok(visibleItems(circle, { a: "x", b: "y" }, context).length <= 2);
});

test("the form as JSON Schema 2020-12 names every item and the required ones", () => {
  const schema = toJsonSchema(club) as { required: string[]; properties: Record<string, unknown>; $schema: string };
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert.deepEqual(schema.required, ["fullName", "plays"]);
  assert.ok("rackets" in schema.properties && "home" in schema.properties);
});

test("the check and the evaluation need nothing of Node: they can run in a browser", async () => {
  const { build } = await import("esbuild");
  const result = await build({
    entryPoints: [join(import.meta.dirname, "validate-answers.ts")],
    bundle: true,
    platform: "browser",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  assert.doesNotMatch(result.outputFiles[0]?.text ?? "", /from ?"node:/);
});

/** Anything that JSON can carry under our own ids: half of it of the right shape, half not. */
const hostile = fc.dictionary(
  fc.constantFrom(
    "plays",
    "since",
    "rackets",
    "home",
    "birthDate",
    "days",
    "fee",
    "idNumber",
    "phone",
    "__proto__",
    "constructor",
    "toString",
  ),
  fc.oneof(
    fc.jsonValue(),
    fc.boolean(),
    fc.constantFrom("2015-05-01", "2016", "left", "079090001234"),
    fc.array(
      fc.record({ row: fc.constantFrom("r1", "r2", "x", "__proto__"), brand: fc.jsonValue(), strung: fc.boolean() }),
    ),
    fc.record({ detail: fc.jsonValue(), area: fc.string() }),
  ),
) as fc.Arbitrary<Answers>;

test("pruning twice is pruning once, whatever the answers are", () => {
  fc.assert(
    fc.property(hostile, (answers) => {
      const once = pruneAnswers(club, answers, context);
      assert.deepEqual(pruneAnswers(club, once, context), once);
    }),
    { numRuns: 300 },
  );
});

test("the check never throws on hostile answers and every error has a place and words", () => {
  fc.assert(
    fc.property(hostile, (answers) => {
      for (const error of validateAnswers(club, answers, context).errors) {
        assert.ok(error.field && error.page === "member" && error.message.vi && error.message.en);
      }
    }),
    { numRuns: 300 },
  );
});

test("reading a hostile post never throws and never invents an item", () => {
  const known = new Set([...club.pages[0]!.sections[0]!.items.map((item) => item.id), "rackets"]);
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom("plays", "home.area", "rackets._rows", "rackets.r1.brand", "_action", "__proto__", "days"),
  );
  const values = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.string()),
    fc.constantFrom("r1,r2", "add:rackets", "add:__proto__"),
  );
  fc.assert(
    fc.property(fc.dictionary(names, values), (body) => {
      for (const id of Object.keys(readFormPost(club, club.pages[0]!, body))) assert.ok(known.has(id), id);
    }),
    { numRuns: 300 },
  );
});
