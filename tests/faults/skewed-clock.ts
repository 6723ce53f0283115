/** Loaded before everything else (`--import`) by a process whose machine's clock is wrong by CLOCK_SKEW_MS. */
const skew = Number(process.env["CLOCK_SKEW_MS"] ?? 0);
const TrueDate = Date;
globalThis.Date = class extends TrueDate {
  constructor(...values: [] | [number | string | Date]) {
    if (values.length === 0) super(TrueDate.now() + skew);
    else super(...(values as [number]));
  }
  static override now(): number {
    return TrueDate.now() + skew;
  }
} as DateConstructor;
