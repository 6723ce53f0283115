/** Units of the country for forms that ask for them: opened only by those. */
import { openUnits, type UnitRegister } from "#kit/units/index.ts";
import type { FormPage, UnitNames } from "#province/forms/index.ts";

/** Lists and names for a page that has addresses to choose; undefined for all others. */
export async function unitsFor(page: FormPage): Promise<(UnitRegister & UnitNames) | undefined> {
  if (!page.sections.some(({ items }) => items.some((item) => item.units))) return undefined;
  const register = await openUnits();
  return { ...register, resolve: (chosen) => resolveUnits(register, chosen) };
}

type Chosen = Parameters<UnitNames["resolve"]>[0];

/** What fits together is kept from the top down: a commune of another district is let go. */
function resolveUnits(register: UnitRegister, chosen: Chosen): ReturnType<UnitNames["resolve"]> {
  const { system } = chosen;
  const province = register.findUnit(system, chosen.province);
  if (province?.level !== "province") return { system, province: "", district: "", commune: "", area: "" };
  const districts = system === "three-level";
  const district = districts ? register.findUnit(system, chosen.district) : undefined;
  const districtFits = district?.level === "district" && district.parent === province.code;
  const above = districts ? (districtFits ? district.code : undefined) : province.code;
  const commune = register.findUnit(system, chosen.commune);
  const communeFits = commune?.level === "commune" && commune.parent === above;
  return {
    system,
    province: province.code,
    district: districtFits ? district.code : "",
    commune: communeFits ? commune.code : "",
    area: communeFits
      ? register
          .unitPath(system, commune.code)
          .map(({ name }) => name)
          .join(", ")
      : "",
  };
}
