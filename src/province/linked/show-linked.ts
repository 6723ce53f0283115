/** What other rooms' pages show of linked filings. */
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import type { Database } from "#kit/db.ts";
import { type Dossier, dossierPaths, findDossier } from "#province/dossiers/index.ts";
import { notice } from "#kit/ui/index.ts";
import type { LinkedPartView } from "./linked.ts";
import { listParts } from "./linked-view.ts";
import { findGuest } from "./message-store.ts";
import { messages } from "./messages.ts";
import { guestDesk, linkedDesk } from "./pages/linked-desk.ts";
import { linkWithin } from "./peers.ts";
import { provinceName } from "./province-name.ts";
import { QUIET_MINUTES } from "./unfinished.ts";
import { listUnfinishedOf } from "./unfinished-store.ts";
import { isWaiting, linkedList, linkedSection, waitedFor } from "./pages/linked-panel.ts";

interface LinkedPlace {
  readonly database: Database;
  readonly tenant: string;
}

export interface LinkedPageDeps extends LinkedPlace {
  /** Where another province's portal is; links that it sent are shown only when they lie there. */
  peerPortalOf(province: string): string | undefined;
}

/** On the citizen's page of a dossier: the parts of a whole; for a part, where it belongs and why it waits. Null for others. */
export async function linkedOfDossier(deps: LinkedPageDeps, dossier: Dossier, lang: Lang): Promise<Html | null> {
  const t = messages[lang];
  const db = deps.database.forTenant(deps.tenant);
  if (dossier.linkedFrom) {
    const guest = await findGuest(db, dossier.id);
    return guest
      ? html`<p class="linked__of">${t.ofProvince(provinceName(lang)(guest.province), guest.wholeNumber)}</p>`
      : null;
  }
  if (!dossier.linkedWhole) return null;
  const parts = await partsOf(deps, [dossier.linkedWhole]);
  if (dossier.linkedWhole === dossier.id) {
    const together = dossier.delivery?.parts === "together";
    return linkedSection({ lang, parts, together, provinceName: provinceName(lang) });
  }
  const whole = await findDossier(deps.database, { tenant: deps.tenant, dossierId: dossier.linkedWhole });
  const own = parts.find(({ dossierId }) => dossierId === dossier.id);
  const waits =
    own && isWaiting(own)
      ? notice({ tone: "info", body: html`<p>${t.waitsWhy(waitedFor(own, parts, lang))}</p>` })
      : null;
  return html`<p class="linked__of">${t.ofWhole(whole?.number ?? "")}. <a class="govuk-link" href="${dossierPaths.dossier(dossier.linkedWhole)}">${t.openWhole}</a></p>${waits}`;
}

/** The parts beneath each whole of a list, by the whole's id. */
export async function linkedOfList(
  deps: LinkedPageDeps,
  dossiers: readonly Dossier[],
  lang: Lang,
): Promise<ReadonlyMap<string, Html>> {
  const wholes = dossiers.filter(({ id, linkedWhole }) => linkedWhole === id);
  const parts = await partsOf(
    deps,
    wholes.map(({ id }) => id),
  );
  return new Map(
    wholes.map((whole) => {
      const own = parts.filter(({ wholeId }) => wholeId === whole.id);
      const together = whole.delivery?.parts === "together";
      return [whole.id, linkedList({ lang, parts: own, together, provinceName: provinceName(lang) })];
    }),
  );
}

/** On the officer's page of a part. `openTo`: units whose dossiers the officer may open. */
export async function linkedOfDeskDossier(
  deps: LinkedPlace & { readonly now: Date },
  dossier: Dossier,
  openTo: (agencyId: string) => boolean,
  lang: Lang,
): Promise<Html | null> {
  const db = deps.database.forTenant(deps.tenant);
  if (dossier.linkedFrom) {
    const [guest, late] = await Promise.all([findGuest(db, dossier.id), lateOf(deps, [dossier.id])]);
    return guest ? guestDesk(lang, provinceName(lang)(guest.province), guest, late) : null;
  }
  if (!dossier.linkedWhole) return null;
  const [parts, whole] = await Promise.all([
    listParts(db, [dossier.linkedWhole]),
    findDossier(deps.database, { tenant: deps.tenant, dossierId: dossier.linkedWhole }),
  ]);
  return linkedDesk({
    lang,
    parts,
    late: await lateOf(
      deps,
      parts.flatMap(({ conversation }) => conversation ?? []),
    ),
    together: whole?.delivery?.parts === "together",
    wholeNumber: whole?.number ?? null,
    provinceName: provinceName(lang),
    current: dossier.id,
    openTo,
  });
}

/** For the citizen, who follows the links. */
async function partsOf(deps: LinkedPageDeps, wholeIds: readonly string[]): Promise<LinkedPartView[]> {
  const parts = await listParts(deps.database.forTenant(deps.tenant), wholeIds);
  return parts.map((part) =>
    part.told && part.province
      ? { ...part, told: { ...part.told, link: linkWithin(part.told.link, deps.peerPortalOf(part.province)) } }
      : part,
  );
}

/** Messages about these parts that should have been done by now. */
function lateOf({ database, tenant, now }: LinkedPlace & { readonly now: Date }, conversations: readonly string[]) {
  const before = new Date(now.getTime() - QUIET_MINUTES * 60_000);
  return listUnfinishedOf(database.forTenant(tenant), conversations, before);
}
