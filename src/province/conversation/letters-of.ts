import type { Db } from "#kit/db.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { icon } from "#kit/ui/index.ts";
import { countLetters } from "./letter-view.ts";
import { messages } from "./messages.ts";
import { conversationPaths } from "./paths.ts";

/** For the applicant's page of the dossier: the way to the letters, with how many are new. `db` is the tenant's. */
export async function lettersOf(db: Db, dossierId: string, lang: Lang): Promise<Html> {
  const { all, unread } = await countLetters(db, dossierId, "officer");
  const t = messages[lang];
  return html`<p>${icon("mail", 20)} <a class="govuk-link" href="${conversationPaths.thread(dossierId)}">${t.open}</a>${unread > 0 ? html` <strong>(${t.unread(unread)})</strong>` : all > 0 ? ` (${all})` : null}</p>`;
}
