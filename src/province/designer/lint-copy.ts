/** Everything that stands in the way of publishing a working copy, and what is probably not meant; each with its place. */
import type { Text } from "#kit/i18n.ts";
import { agenciesOffering, definitionProblems } from "#province/catalogue/index.ts";
import { type Finding as FormFinding, lintForm } from "#province/forms/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { type Content, type Place, thingAt, thingsOf } from "./content.ts";
import { FIELDS } from "./field-specs.ts";
import { problemWords } from "./problem-words.ts";
import { shapeProblems } from "./shape.ts";

export interface Finding {
  readonly severity: "error" | "warning";
  readonly code:
    | FormFinding["code"]
    | "shape"
    | "fee-without-basis"
    | "fee-basis-unlisted"
    | "offer-unknown"
    | "offered-by-nobody";
  /** Where it is mended; undefined when it is about the whole. */
  readonly place: Place | undefined;
  readonly message: Text;
  /** Lasting within one content: what an acknowledgement names. */
  readonly key: string;
}

/** Errors first, each kind in the order of the procedure. */
export function lintCopy(content: Content, tenant: Tenant): readonly Finding[] {
  const { definition, form } = content;
  const shape = shapeProblems(content);
  const wrong = [...shape.definition, ...shape.form].map((problem) =>
    BARE_BASIS.test(problem) ? basisFinding(content, problem) : problemFinding(content, problem, "shape"),
  );
  // Questions about something whose shape is broken have no answer.
  if (wrong.length > 0) return keyed(wrong);
  const problems = definitionProblems(definition, definition.code, form).filter(
    // What the form's own check says comes with its place from the form's linter.
    (problem) => !problem.startsWith("form.json: "),
  );
  const findings = [
    ...basisFindings(content),
    ...problems.map((problem) => problemFinding(content, problem, "definition")),
    ...(form ? lintForm(form, definition).map((finding) => fromForm(content, finding)) : []),
    ...untranslated(content),
    ...offerFindings(content, tenant),
  ];
  return keyed(findings.toSorted((a, b) => rank(a) - rank(b)));
}

type Loose = Omit<Finding, "key">;

const rank = ({ severity }: Loose): number => (severity === "error" ? 0 : 1);

function keyed(findings: readonly Loose[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    const where = finding.place ? `${finding.place.kind}:${finding.place.id}` : "";
    const key = `${finding.code}@${where}@${finding.message.en}`.slice(0, 300);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...finding, key }];
  });
}

function problemFinding(content: Content, problem: string, code: "shape" | "definition"): Loose {
  const cut = problem.indexOf(": ");
  const [where, words] = cut < 0 ? ["", problem] : [problem.slice(0, cut), problem.slice(cut + 2)];
  const place = placeOf(content, where);
  const part = place ? partOf(place, where) : where;
  const label =
    place && part !== ""
      ? FIELDS[place.kind].find(({ key }) => `${part}.`.startsWith(`${key}.`) || key.startsWith(`${part}.`))?.label
      : undefined;
  const said = problemWords(words, label ? "" : part);
  const message = label ? { vi: `${label.vi}: ${said.vi}`, en: `${label.en}: ${said.en}` } : said;
  return { severity: "error", code, place, message };
}

function fromForm(content: Content, { severity, code, place, message }: FormFinding): Loose {
  const found = formPlace(content, place);
  const vi = severity === "error" ? problemWords(message.en, "").vi : message.vi;
  return {
    severity,
    code,
    place: found,
    message: found ? { vi, en: message.en } : { vi: `${place}: ${vi}`, en: `${place}: ${message.en}` },
  };
}

/** "item nksHoTen required", "component birth-proof", or a bare id. */
function formPlace(content: Content, words: string): Place | undefined {
  const [first = "", second = ""] = words.split(" ");
  if (first === "form") return { kind: "form", id: "-" };
  const kind = first === "component" ? "paper" : first;
  if (kind === "item" || kind === "section" || kind === "page" || kind === "rule" || kind === "paper")
    return known(content, { kind, id: second });
  return known(content, { kind: "item", id: first }) ?? known(content, { kind: "section", id: first });
}

const LISTED: Readonly<Record<string, Place["kind"]>> = {
  fees: "fee",
  components: "paper",
  cases: "case",
  timeLimits: "time",
  results: "result",
  legalBasis: "basis",
  steps: "step",
};

/** "fees.0.basis" of the schema, "fees.extract-copy" of the definition's own rules, "pages.0.sections.1.items.2.label". */
function placeOf(content: Content, where: string): Place | undefined {
  const [list = "", which = "", ...rest] = where.split(".");
  if (list === "pages") return placeInForm(content, [which, ...rest]);
  if (list === "rules") return numbered(content, "rule", which);
  const kind = LISTED[list];
  if (kind === undefined) return where === "the file" || where === "code" ? undefined : { kind: "procedure", id: "-" };
  return numbered(content, kind, which) ?? known(content, { kind, id: which });
}

function placeInForm(
  { form }: Content,
  [page = "", , section = "", , item = ""]: readonly string[],
): Place | undefined {
  const onPage = form?.pages?.[Number(page)];
  const inSection = onPage?.sections?.[Number(section)];
  const one = item === "" ? undefined : inSection?.items?.[Number(item)];
  if (one) return { kind: "item", id: one.id };
  if (inSection && section !== "") return { kind: "section", id: inSection.id };
  return onPage ? { kind: "page", id: onPage.id } : undefined;
}

function numbered(content: Content, kind: Place["kind"], which: string): Place | undefined {
  const id = /^\d+$/.test(which) ? thingsOf(content, kind)[Number(which)]?.id : undefined;
  return id === undefined ? undefined : { kind, id };
}

function known(content: Content, place: Place): Place | undefined {
  return thingAt(content, place) ? place : undefined;
}

/** "fees.0.amount.unit.vi" → "amount.unit.vi"; what the schema says of a whole thing has no part. */
function partOf({ kind }: Place, where: string): string {
  return kind === "procedure" ? where : (where.split(/\.\d+(?:\.|$)/).at(-1) ?? "");
}

const BARE_BASIS = /^fees\.\d+(?:\.basis: must NOT have fewer|: "basis" is missing)/;

/** Nobody may collect what no text allows (Law on Fees and Charges 2015 art. 3 and 4). */
function basisFinding(content: Content, problem: string): Loose {
  const place = placeOf(content, problem.slice(0, problem.indexOf(":")));
  const message = { vi: "Khoản thu chưa có căn cứ pháp lý.", en: "The fee has no legal basis." };
  return { severity: "error", code: "fee-without-basis", place, message };
}

/** A basis that the procedure does not list is probably a slip of the pen. */
function basisFindings({ definition }: Content): Loose[] {
  const numbers = definition.legalBasis.map(({ number }) => number).filter(Boolean);
  return definition.fees.flatMap((fee): Loose[] => {
    const place: Place = { kind: "fee", id: fee.code };
    if (fee.amount.type === "by_provincial_resolution" || numbers.some((number) => fee.basis.includes(number)))
      return [];
    return [
      {
        severity: "warning",
        code: "fee-basis-unlisted",
        place,
        message: {
          vi: `Căn cứ “${fee.basis}” không có trong danh sách căn cứ pháp lý của thủ tục.`,
          en: `The basis “${fee.basis}” is not among the procedure's legal bases.`,
        },
      },
    ];
  });
}

/** A slip in an office's code publishes a procedure that nobody can file, without a word. */
function offerFindings({ definition }: Content, tenant: Tenant): Loose[] {
  const place: Place = { kind: "procedure", id: "-" };
  const known = new Set(tenant.agencies.map(({ id }) => id));
  const here = definition.offers.filter(({ tenants }) => tenants === undefined || tenants.includes(tenant.code));
  const unknown = [...new Set(here.flatMap(({ agencies = [] }) => agencies))].filter((id) => !known.has(id));
  const nobody = agenciesOffering(definition, tenant).length === 0;
  return [
    ...unknown.map(
      (id): Loose => ({
        severity: "warning",
        code: "offer-unknown",
        place,
        message: {
          vi: `Tỉnh không có đơn vị nào mang mã “${id}”.`,
          en: `The province has no office with the code “${id}”.`,
        },
      }),
    ),
    ...(nobody
      ? [
          {
            severity: "warning",
            code: "offered-by-nobody",
            place,
            message: {
              vi: "Không đơn vị nào của tỉnh tiếp nhận thủ tục này.",
              en: "No office of the province offers this procedure.",
            },
          } as const,
        ]
      : []),
  ];
}

const MARKED = /[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ].* /iu;

/** The same sentence in both languages was probably never translated. The form's own texts are looked at by its linter. */
function untranslated(content: Content): Loose[] {
  const kinds = ["procedure", "case", "paper", "fee", "result", "basis", "step"] as const;
  return kinds.flatMap((kind) =>
    thingsOf(content, kind).flatMap(({ id, thing }) =>
      Object.values(thing).flatMap((value): Loose[] => {
        const { vi, en } = (value ?? {}) as { vi?: unknown; en?: unknown };
        if (typeof vi !== "string" || vi !== en || !MARKED.test(vi)) return [];
        return [
          {
            severity: "warning",
            code: "untranslated",
            place: { kind, id },
            message: { vi: `“${vi}” chưa được dịch sang tiếng Anh.`, en: `“${vi}” is not translated.` },
          },
        ];
      }),
    ),
  );
}

/** Marks in the tree: what is wrong at a place, by "kind:id". */
export function findingsByPlace(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ place }) => (place ? `${place.kind}:${place.id}` : ""));
}
