/**
 * Administrative units of Vietnam in both systems: three levels until 30 June 2025, two since, with what became what. Data
 * of public packages, read when first asked and kept for the process.
 */
export { openUnits, type UnitRegister } from "./register.ts";
export { understandAddress, type UnderstoodAddress } from "./understand-address.ts";
export { type Unit, type UnitHit, type UnitLevel, type UnitSystem, unitSystemOn } from "./unit.ts";
