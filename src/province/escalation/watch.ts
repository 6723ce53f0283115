/** The words of the escalation room. */
import type { DossierState } from "#province/dossiers/index.ts";

export const LEVELS = ["half-left", "fifth-left", "late"] as const;
/** Half of the working time is left, a fifth of it, or none. */
export type Level = (typeof LEVELS)[number];

/** What a province wants to be told. */
export type WatchSetting = {
  readonly warnHalf: boolean;
  readonly warnFifth: boolean;
  readonly digest: boolean;
  /** Minutes after midnight. */
  readonly digestMinute: number;
};

export const USUAL_SETTING: WatchSetting = { warnHalf: true, warnFifth: true, digest: true, digestMinute: 450 };
export const DIGEST_EARLIEST = 360;
export const DIGEST_LATEST = 1080;

export const SECTIONS = ["late", "soon", "unreceived"] as const;
/** Past the appointment; a fifth of the working time left; filed and past the 8 working hours without an answer. */
export type Section = (typeof SECTIONS)[number];

export type Counts = Readonly<Record<Section, number>>;

export type WatchedDossier = {
  readonly id: string;
  readonly code: string | null;
  readonly number: number;
  readonly state: DossierState;
  readonly procedure: { readonly vi: string; readonly en: string };
  readonly agency: string;
  readonly officer: string | null;
  readonly dueAt: Date | null;
  readonly filedAt: Date;
  readonly lines: readonly { readonly vi: string; readonly en: string }[];
  /** The answer was put off already: there is no second time. */
  readonly putOff: boolean;
  /** A head has asked to hurry today. */
  readonly urgedToday: boolean;
};

export type OfficerLoad = { readonly officer: string | null; readonly late: number; readonly soon: number };
