import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { notice, timeline } from "#kit/ui/index.ts";
import { type Dossier, type HistoryEntry, stateText } from "#province/dossiers/index.ts";
import { conflictMessages } from "../conflict-messages.ts";
import { logItems } from "./side-column.ts";

/** Words of the second officer that found no place any more. */
export interface KeptWords {
  readonly label: string;
  readonly text: string;
}

/**
 * The difference between the dossier an officer looked at and the one there is: who did what, when; the state now; and that
 * what was typed is still there: in its form, or, where that can no longer be sent, as text to copy.
 */
export function difference(props: {
  readonly lang: Lang;
  readonly newest: Dossier;
  readonly changes: readonly HistoryEntry[];
  /** The note as it was typed; what stands in the dossier instead is shown beside it. */
  readonly typedNote?: string | undefined;
  /** The act cannot be done any more: this is what was typed for it. */
  readonly kept?: readonly KeptWords[] | undefined;
}): Html {
  const { lang, newest, changes, typedNote, kept } = props;
  const t = conflictMessages[lang];
  const note = newest.note ?? "";
  const words = (kept ?? []).filter(({ text }) => text !== "");
  return notice({
    tone: "warning",
    title: t.title,
    body: html`${changes.length > 0 ? timeline(logItems(changes, lang)) : html`<p>${t.nobody}</p>`}<p><strong>${t.state}:</strong> ${stateText(newest, lang)}</p>
${typedNote !== undefined && note !== "" && note !== typedNote ? html`<p><strong>${t.note}:</strong> ${note}</p>` : null}
${words.length > 0 ? html`<p>${t.over}</p><p><strong>${t.keptHere}</strong></p><dl class="case-facts">${words.map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>` : kept ? null : html`<p>${t.kept}</p>`}`,
  });
}
