/** Papers chosen from what a person has: only with the consent that stands beside them. */
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import type { OwnPapers } from "./filing-deps.ts";
import { filingMessages } from "./filing-messages.ts";
import { fileControl } from "./pages/filing-papers-page.ts";
import { consentControl, offerControl } from "./pages/paper-offers.ts";

/** More than this at once is no person's choice. */
const CHOSEN_MAX = 20;

export interface Choices {
  /** Offers that were ticked, by component. */
  readonly chosen: Map<string, readonly string[]>;
  /** Components whose consent was ticked. */
  readonly consents: Set<string>;
}

/** Reads one text of the form into the choices; anything about a component that is not asked is left alone. */
export function readChoice(choices: Choices, asked: ReadonlySet<string>, name: string, value: unknown): void {
  const component = name.slice(name.indexOf(".") + 1);
  if (typeof value !== "string" || !asked.has(component)) return;
  if (name === consentControl(component)) choices.consents.add(component);
  if (name !== offerControl(component)) return;
  const values = choices.chosen.get(component) ?? [];
  if (values.length < CHOSEN_MAX) choices.chosen.set(component, [...values, value]);
}

/** Uses each for this dossier; what could not be used stands at its control. */
export async function usePapers(
  ownPapers: OwnPapers | undefined,
  by: { readonly applicantSub: string; readonly dossierId: string; readonly lang: Lang },
  choices: Choices,
): Promise<PageError[]> {
  const words = filingMessages[by.lang];
  const { applicantSub, dossierId } = by;
  const errors: PageError[] = [];
  for (const [component, values] of choices.chosen) {
    if (!choices.consents.has(component)) {
      errors.push({ field: consentControl(component), message: words.papers.consentMissing });
      continue;
    }
    for (const value of ownPapers ? values : []) {
      const used = await ownPapers?.use({ applicantSub, dossierId, component, value });
      if (!used || used.ok) continue;
      const problem = used.reason === "too-many-bytes" || used.reason === "too-many-files";
      errors.push({
        field: fileControl(component),
        message: problem
          ? words.problems[used.reason === "too-many-bytes" ? "too-many-bytes" : "too-many"]("")
          : words.papers.offerGone,
      });
    }
  }
  return errors;
}
