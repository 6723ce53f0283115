/** Administrative units of the country in both systems: three levels until 30 June 2025, two levels since. */

/** three-level: province, district, commune (until 30 June 2025); two-level: province, commune (Resolution 202/2025/QH15). */
export type UnitSystem = "three-level" | "two-level";

export type UnitLevel = "province" | "district" | "commune";

export interface Unit {
  readonly system: UnitSystem;
  readonly level: UnitLevel;
  /** Code of the General Statistics Office: 2, 3 or 5 digits. Codes outlive reforms: the same one may stand in both systems. */
  readonly code: string;
  /** Official name with its class: "Thị trấn Bến Cầu". */
  readonly name: string;
  /** Code of the unit above; null for provinces. */
  readonly parent: string | null;
}

/** A unit that was found by name. */
export interface UnitHit {
  readonly unit: Unit;
  /** The unit's name and those above it: "Xã Bến Cầu, Tỉnh Tây Ninh". */
  readonly path: string;
  /** The old unit whose name was looked for, when it is not the unit's own. */
  readonly was?: Unit;
}

/** First day of the two-level system (ISO local day). */
const TWO_LEVELS_SINCE = "2025-07-01";

/** The system in force on a local day (YYYY-MM-DD). */
export function unitSystemOn(day: string): UnitSystem {
  return day < TWO_LEVELS_SINCE ? "three-level" : "two-level";
}
