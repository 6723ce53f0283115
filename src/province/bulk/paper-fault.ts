/** Why a paper is not taken, in the person's words. */
import type { Lang } from "#kit/i18n.ts";
import { filingMessages } from "#province/dossiers/index.ts";
import type { PaperFault } from "./correct-batch.ts";
import { messages } from "./messages.ts";

export function paperFault({ name, problem }: PaperFault, lang: Lang): string {
  const own = messages[lang].paperFaults;
  const word: (name: string) => string =
    problem === "batch-full" || problem === "empty-archive" ? own[problem] : filingMessages[lang].problems[problem];
  return word(name);
}
