/** Columns that an officer may have in the list besides the code; the order is fixed. */
export const COLUMNS = [
  "procedure",
  "field",
  "agency",
  "channel",
  "applicant",
  "filed",
  "due",
  "officer",
  "state",
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const USUAL_COLUMNS: readonly ColumnName[] = ["procedure", "applicant", "filed", "due", "state"];
