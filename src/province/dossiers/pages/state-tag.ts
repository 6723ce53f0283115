/** The state as an icon, a word and a tone; the same everywhere a citizen sees it. */
import type { Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { type IconName, statusTag, type Tone } from "#kit/ui/index.ts";
import type { Dossier, DossierState } from "../dossier.ts";
import { stateText } from "../messages.ts";

const LOOKS = {
  draft: ["quiet", "pen"],
  filed: ["info", "send"],
  received: ["info", "inbox"],
  declined: ["danger", "cross"],
  processing: ["info", "clock"],
  "supplement-requested": ["warning", "warning"],
  "fee-due": ["warning", "money"],
  withdrawn: ["quiet", "stop"],
  stopped: ["quiet", "stop"],
  "result-ready": ["success", "stamp"],
  returned: ["success", "check"],
} as const satisfies Record<DossierState, readonly [Tone, IconName]>;

export function stateTag(
  dossier: Pick<Dossier, "state" | "ending"> & Partial<Pick<Dossier, "substate">>,
  lang: Lang,
): Html {
  const [tone, icon] = LOOKS[dossier.state];
  return statusTag({ tone: dossier.ending === "refused" ? "danger" : tone, icon, label: stateText(dossier, lang) });
}
