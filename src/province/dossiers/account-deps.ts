/** What the account pages need from the building. The filing room's dependencies serve here too. */
import type { Html } from "#kit/html.ts";
import type { Lang, Text } from "#kit/i18n.ts";
import type { Dossier } from "./dossier.ts";
import type { FilingDeps } from "./filing-deps.ts";

/** A slip (phiếu) issued for a dossier, as the citizen downloads it. */
export interface SlipLink {
  readonly name: Text;
  readonly href: string;
  readonly issuedAt: Date;
}

/** Somebody who has the dossier now, at a step of its internal procedure. */
export interface DossierHolder {
  readonly step: string;
  readonly english?: string | null | undefined;
  readonly unit: string;
  /** null: nobody of the unit has taken it yet. */
  readonly officer: string | null;
  readonly until: Date;
  /** Asked for an opinion only: the dossier itself is elsewhere. */
  readonly opinion: boolean;
}

export interface AccountDeps
  extends Pick<
    FilingDeps,
    "database" | "store" | "clock" | "secret" | "tenant" | "person" | "signInPath" | "page" | "ownPapers"
  > {
  /** The parts of linked filings in a list, by the whole's id; without it none are shown. */
  partsOf?(dossiers: readonly Dossier[], lang: Lang): Promise<ReadonlyMap<string, Html>>;
  /** Slips of a dossier, newest first; without it the page shows none. */
  slipsOf?(dossierId: string): Promise<readonly SlipLink[]>;
  /** Who has a dossier by its internal procedure, and until when; empty when none runs. */
  holdersOf?(dossierId: string): Promise<readonly DossierHolder[]>;
  /** What other rooms say of a dossier: letters, rating. */
  besides?(dossier: Dossier, lang: Lang): Promise<Html | null>;
}
