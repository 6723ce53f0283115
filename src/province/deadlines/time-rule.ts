/** Time limits as typed rules, never as bare numbers: "1" in the national catalogue often means "see the text". */
export type TimeRule =
  /** Same working day; what is received from the cut-off on is answered the next working day. Cut-off "HH:MM". */
  | { type: "same_day_with_cutoff"; cutoff: string }
  | { type: "working_days"; days: number }
  | { type: "working_hours"; hours: number }
  /** Days of the calendar; when the last one is a day off, the next working day (Civil Code 2015 art. 148.5). */
  | { type: "calendar_days"; days: number }
  /** To the same day of a later month, or that month's last (Civil Code 2015 art. 147.1, 148); a day off moves on. */
  | { type: "months"; months: number };

/**
 * What waiting for the citizen does to a time limit. The codified NĐ 61/2018 art. 19.4 counts from the start again after a
 * supplement that was asked for in the first working days; sectors' own laws let the rest run on.
 */
export interface PauseRule {
  readonly supplement: "restart" | "continue";
  /** `restart` applies to requests made within this many working days after reception; later ones only pause. */
  readonly restartWithinDays: number;
  /** Waiting for money always only pauses. */
  readonly payment: "continue";
}

/** NĐ 61/2018/NĐ-CP art. 19.4: asked within three working days of reception, counted anew afterwards. */
export const USUAL_PAUSES: PauseRule = { supplement: "restart", restartWithinDays: 3, payment: "continue" };

/** NĐ 61/2018/NĐ-CP art. 19.9: an office may put off its answer once. */
export const RESCHEDULES_MOST = 1;

/** Online dossiers are answered (accepted or sent back) within 8 working hours (NQ 66.7/2025/NQ-CP). */
export const RECEPTION_HOURS = 8;
