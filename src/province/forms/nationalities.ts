import type { Choice } from "./form.ts";

/** ISO 3166-1 codes of the states whose citizens may stand on a form; names come from the platform's own language data. */
const CODES =
  "VN AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TW TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VA VE YE ZM ZW".split(
    " ",
  );

let choices: readonly Choice[] | undefined;

/** Việt Nam first, the others by their Vietnamese name; `XX` is a person without a nationality. */
export function nationalities(): readonly Choice[] {
  if (choices) return choices;
  const vi = new Intl.DisplayNames("vi", { type: "region" });
  const en = new Intl.DisplayNames("en", { type: "region" });
  const [home, ...others] = CODES.map((value) => ({
    value,
    label: { vi: vi.of(value) ?? value, en: en.of(value) ?? value },
  }));
  others.sort((a, b) => a.label.vi.localeCompare(b.label.vi, "vi"));
  const stateless = { value: "XX", label: { vi: "Không quốc tịch", en: "Stateless" } };
  choices = home ? [home, ...others, stateless] : [...others, stateless];
  return choices;
}
