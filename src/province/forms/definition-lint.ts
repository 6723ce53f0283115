/**
 * A form and its procedure looked at by somebody who knows what goes wrong: everything that refuses publishing, and
 * what can be published but is probably not meant. For whoever edits; nothing here changes anything.
 */
import type { Text } from "#kit/i18n.ts";
import { subjectsOf } from "./condition.ts";
import { checkDefinition } from "./definition-check.ts";
import type { Condition, FormDefinition, FormItem, FormSection } from "./form.ts";
import { possibilities } from "./possible.ts";

export interface Finding {
  /** `error` refuses publishing. */
  readonly severity: "error" | "warning";
  /** A closed word, for filters and for the designer's own marks. */
  readonly code:
    | "definition"
    | "unreachable-question"
    | "unreachable-section"
    | "rule-never-holds"
    | "paper-never-asked"
    | "paper-never-required"
    | "paper-unknown"
    | "untranslated"
    | "purpose-missing"
    | "circle";
  /** "item nksHoTen", "section cha", "component birth-proof", "rule …", "form". */
  readonly place: string;
  readonly message: Text;
}

/** What a component's conditions say; the shape of `procedure.json`. */
export interface LintedProcedure {
  readonly components: readonly {
    readonly code: string;
    readonly kind: "paper" | "e-form";
    readonly required: Condition;
    readonly asked?: Condition | undefined;
  }[];
}

/** Every finding in the order of the form; an empty list is a clean form. */
export function lintForm(form: FormDefinition, procedure?: LintedProcedure): readonly Finding[] {
  const errors = checkDefinition(form).map(asFinding);
  // Questions about a form whose shape is broken have no answer.
  if (errors.length > 0) return errors;
  return [
    ...reachFindings(form),
    ...(procedure ? paperFindings(form, procedure) : []),
    ...textFindings(form),
    ...purposeFindings(form),
  ];
}

function asFinding(problem: string): Finding {
  const cut = problem.indexOf(": ");
  const [place, words] = cut < 0 ? ["form", problem] : [problem.slice(0, cut), problem.slice(cut + 2)];
  const circle = words.startsWith("depends on itself");
  const vi = circle ? `phụ thuộc vào chính nó ${words.slice(18)}` : `chưa công bố được: ${words}`;
  return { severity: "error", code: circle ? "circle" : "definition", place, message: { vi, en: words } };
}

const warning = (code: Finding["code"], place: string, vi: string, en: string): Finding => ({
  severity: "warning",
  code,
  place,
  message: { vi, en },
});

function sectionsOf(form: FormDefinition): readonly FormSection[] {
  return form.pages.flatMap((page) => page.sections);
}

function reachFindings(form: FormDefinition): readonly Finding[] {
  const can = possibilities(form);
  const findings: Finding[] = [];
  for (const section of sectionsOf(form)) {
    if (section.when !== undefined && !can(section.when)) {
      findings.push(
        warning(
          "unreachable-section",
          `section ${section.id}`,
          "Không câu trả lời nào mở được phần này.",
          "No answer ever opens this section.",
        ),
      );
      continue;
    }
    for (const item of section.items) {
      if (item.when === undefined || can(both(section.when, item.when))) continue;
      findings.push(
        warning(
          "unreachable-question",
          `item ${item.id}`,
          "Không câu trả lời nào mở được câu hỏi này.",
          "No answer ever leads to this question.",
        ),
      );
    }
  }
  for (const rule of form.rules ?? []) {
    if (can(rule.when)) continue;
    findings.push(
      warning("rule-never-holds", `rule ${rule.id}`, "Quy tắc này không bao giờ xảy ra.", "This rule never holds."),
    );
  }
  return findings;
}

function both(left: Condition | undefined, right: Condition): Condition {
  return left === undefined ? right : { and: [left, right] };
}

function paperFindings(form: FormDefinition, { components }: LintedProcedure): readonly Finding[] {
  const can = possibilities(form);
  const codes = new Set(components.map(({ code }) => code));
  const unknown = sectionsOf(form)
    .flatMap(({ items }) => items)
    .filter(({ component }) => component !== undefined && !codes.has(component))
    .map((item): Finding => {
      const said = {
        vi: `Thủ tục không có thành phần “${item.component}”.`,
        en: `The procedure has no component “${item.component}”.`,
      };
      return { severity: "error", code: "paper-unknown", place: `item ${item.id}`, message: said };
    });
  const papers = components.filter(({ kind }) => kind === "paper");
  const idle = papers.flatMap(({ code, asked, required }): readonly Finding[] => {
    const place = `component ${code}`;
    if (asked !== undefined && !can(asked)) {
      return [
        warning(
          "paper-never-asked",
          place,
          "Không trường hợp nào hỏi đến giấy tờ này.",
          "No case ever asks for this paper.",
        ),
      ];
    }
    if (required === false || can(asked === undefined ? required : both(asked, required))) return [];
    return [
      warning(
        "paper-never-required",
        place,
        "Điều kiện bắt buộc của giấy tờ này không bao giờ đúng.",
        "The condition that requires this paper never holds.",
      ),
    ];
  });
  return [...unknown, ...idle];
}

/** The same sentence in both languages was probably never translated; names and short codes are the same anyway. */
function textFindings(form: FormDefinition): readonly Finding[] {
  const findings: Finding[] = [];
  const look = (place: string, text: Text | undefined): void => {
    if (!text || text.vi !== text.en || !/[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ].* /iu.test(text.vi)) return;
    findings.push(
      warning("untranslated", place, `“${text.vi}” chưa được dịch sang tiếng Anh.`, `“${text.vi}” is not translated.`),
    );
  };
  for (const page of form.pages) {
    look(`page ${page.id}`, page.title);
    for (const section of page.sections) {
      look(`section ${section.id}`, section.title);
      for (const item of section.items) {
        look(`item ${item.id}`, item.label);
        look(`item ${item.id}`, item.hint);
        for (const choice of item.choices ?? []) look(`item ${item.id}`, choice.label);
      }
    }
  }
  return findings;
}

const PERSONAL = new Set<FormItem["type"]>([
  "personName",
  "identityNumber",
  "phone",
  "email",
  "address",
  "bankAccount",
  "signature",
]);

/**
 * Law on Protection of Personal Data 2025: asked for a purpose that the person is told. A form prescribed by law
 * (`legal`) has its purpose there.
 */
function purposeFindings(form: FormDefinition): readonly Finding[] {
  if (form.legal) return [];
  return sectionsOf(form)
    .flatMap(({ items }) => items)
    .filter((item) => PERSONAL.has(item.type) && !item.purpose && !item.prefill?.readOnly && !item.quiet)
    .map((item) =>
      warning(
        "purpose-missing",
        `item ${item.id}`,
        "Hỏi dữ liệu cá nhân nhưng chưa nói để làm gì (purpose).",
        "Personal data is asked without saying what for (purpose).",
      ),
    );
}

/** The questions whose answers decide which papers are needed, in the order of the form, with what they depend on. */
export function decidingItems(form: FormDefinition, conditions: readonly Condition[]): readonly FormItem[] {
  const items = new Map(
    sectionsOf(form)
      .filter(({ repeat }) => !repeat)
      .flatMap((section) => section.items.map((item) => [item.id, { item, section }] as const)),
  );
  const wanted = new Set<string>();
  const take = (id: string): void => {
    const found = items.get(id);
    if (!found || wanted.has(id)) return;
    wanted.add(id);
    for (const condition of [found.section.when, found.item.when]) {
      if (condition !== undefined) for (const subject of subjectsOf(condition)) take(subject);
    }
  };
  for (const condition of conditions) for (const id of subjectsOf(condition)) take(id);
  return [...items.values()].filter(({ item }) => wanted.has(item.id)).map(({ item }) => item);
}
