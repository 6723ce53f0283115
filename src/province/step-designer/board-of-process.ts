/** What the drawing board is opened with. */
import type { Lang } from "#kit/i18n.ts";
import { OWN_UNIT, STEP_ACTS, STEP_KINDS, STEP_ROLES } from "#protocols/internal-process/index.ts";
import { type ProcessProblem, problemText, stepMessages } from "#province/steps/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { boardMessages } from "./board-messages.ts";
import type { Board } from "./browser/board.ts";
import { messages } from "./messages.ts";

export function boardOf(tenant: Tenant, problems: readonly ProcessProblem[], lang: Lang): Board {
  const words = stepMessages[lang];
  const t = boardMessages[lang];
  return {
    lang,
    problems: problems.map((problem) => ({ element: problem.elementId, message: problemText(problem, lang) })),
    words: t.words,
    picture: messages[lang].picture,
    roles: STEP_ROLES.map((value) => ({ value, label: words.roles[value] })),
    units: [
      { value: OWN_UNIT, label: words.ownUnit },
      ...tenant.agencies.map(({ id, shortName }) => ({ value: id, label: shortName[lang] })),
    ],
    kinds: STEP_KINDS.map((value) => ({ value, label: words.kinds[value] })),
    acts: STEP_ACTS.map((value) => ({ value, label: words.acts[value] })),
    facts: Object.entries(t.facts).map(([value, { label, values }]) => ({
      value,
      label,
      values: Object.entries(values).map(([word, name]) => ({ value: word, label: name })),
    })),
  };
}
