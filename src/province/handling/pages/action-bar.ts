import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { button } from "#kit/ui/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { type deskActions, PAGED } from "../desk-actions.ts";
import { messages } from "../messages.ts";

type Shown = ReturnType<typeof deskActions>;

/** Where each button leads, below the dossier's address. Those with a page save the typed note first (`mo`). */
const PATHS: Readonly<Record<string, string>> = {
  note: "luu",
  "sign-copies": "ky-so",
  receive: "tiep-nhan",
  "sign-result": "ky-ket-qua",
  "return-result": "tra-ket-qua",
  "require-fee": "yeu-cau-nop-phi",
};

/** Sticky at the bottom: exactly the buttons that would work; the first is the main one. */
export function actionBar(actions: Shown, dossier: Pick<Dossier, "id" | "state" | "feeState">, lang: Lang): Html {
  const t = messages[lang];
  // The one thing that keeps a signed result from its owner is said, not hidden behind a missing button.
  const blocked =
    dossier.state === "result-ready" && dossier.feeState === "due"
      ? html`<p class="case__blocked">${t.feeFirst}</p>`
      : null;
  if (actions.length === 0)
    return html`<div class="case__bar">${blocked ?? html`<p class="muted">${t.noActions}</p>`}</div>`;
  return html`<div class="case__bar" role="group" aria-label="${t.bar}">${blocked}${actions.map((action, index) => {
    const paged = (PAGED as readonly string[]).includes(action);
    const ending = action === "decline" || action === "refuse" || action === "stop";
    return button({
      label: t.buttons[action] ?? action,
      small: true,
      ...(index === 0 ? {} : { kind: ending ? "warning" : "secondary" }),
      formAction: `/ho-so/${dossier.id}/${paged ? "mo" : (PATHS[action] ?? "luu")}`,
      ...(paged ? { name: "viec", value: action } : {}),
      once: true,
    });
  })}</div>`;
}
