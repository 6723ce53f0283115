/** Time limits as typed rules, never as bare numbers: "1" in the national catalogue often means "see the text". */
export type TimeRule =
  /** Same working day; what is received from the cut-off on is answered the next working day. Cut-off "HH:MM". */
  | { type: "same_day_with_cutoff"; cutoff: string }
  | { type: "working_days"; days: number }
  | { type: "working_hours"; hours: number }
  /** Days of the calendar; when the last one is a day off, the next working day (Civil Code 2015 art. 148.5). */
  | { type: "calendar_days"; days: number };
