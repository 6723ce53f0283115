/** What is known of the person besides their account: from the population database and from earlier results. Pure. */
import { formatDate, formatTime } from "#kit/calendar.ts";
import type { Text } from "#kit/i18n.ts";
import { fold } from "#kit/vietnamese.ts";
import type { PopulationPerson, PopulationRecord } from "#protocols/population/index.ts";
import type { FormContext } from "#province/forms/index.ts";
import type { Applicant } from "./dossier.ts";

/** Kept with the draft, so that the database is asked once and everybody can see when. */
export type Known = {
  /** other-person: the answer was about somebody else and nothing of it was kept */
  readonly state: "found" | "not-found" | "other-person" | "unavailable";
  /** When it was asked, ISO 8601. */
  readonly at: string;
  /** How often it was asked without an answer. */
  readonly tries: number;
  /** By their names in forms (`population.spouse.fullName`): only those that the form asks for. */
  readonly facts: Readonly<Record<string, string>>;
  /** Numbers of the dossiers whose results gave facts. */
  readonly results: readonly number[];
};

/** Who filled in what, in the words of the person's own pages. */
export function knownContext(known: Known | null): Pick<FormContext, "facts" | "origins"> {
  const at = known && new Date(known.at);
  const when = at ? `${formatTime(at)} ${formatDate(at)}` : "";
  const results = known?.results.join(", ") ?? "";
  return {
    facts: known?.facts ?? {},
    origins: {
      account: { vi: "Từ tài khoản của bạn", en: "From your account" },
      population: {
        vi: `Theo CSDL quốc gia về dân cư, lúc ${when}`,
        en: `From the national population database, as of ${when}`,
      },
      result: { vi: `Từ kết quả đã trả hồ sơ ${results}`, en: `From the result of dossier ${results}` },
    } satisfies Readonly<Record<string, Text>>,
  };
}

/** The register's record is the signed-in person's: number, name and, where the account has it, birth date. */
export function isSamePerson(record: PopulationRecord, person: Applicant): boolean {
  return (
    record.identityNumber === person.identityNumber &&
    fold(record.name) === fold(person.name) &&
    (person.birthDate === undefined || record.birthDate === person.birthDate)
  );
}

/** Facts of the person and of father, mother and spouse, as forms name them. */
export function populationFacts(record: PopulationRecord): Readonly<Record<string, string>> {
  const facts: Record<string, string | undefined> = {
    ...personFacts("population", record),
    "population.gender": record.sex === "male" ? "nam" : "nu",
    "population.maritalStatus": record.maritalStatus,
    "population.hometown": record.hometown,
    "population.birthPlace": record.birthPlace,
    "population.currentResidence": record.currentResidence ?? record.residence,
    "population.cardIssuedOn": record.cardIssuedOn,
    "population.cardIssuedBy": record.cardIssuedBy,
    ...(record.father ? personFacts("population.father", record.father) : {}),
    ...(record.mother ? personFacts("population.mother", record.mother) : {}),
    ...(record.spouse ? personFacts("population.spouse", record.spouse) : {}),
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function personFacts(name: string, person: PopulationPerson): Record<string, string | undefined> {
  return {
    [`${name}.fullName`]: person.name,
    [`${name}.identityNumber`]: person.identityNumber,
    [`${name}.birthDate`]: person.birthDate,
    [`${name}.ethnicGroup`]: person.ethnicGroup,
    [`${name}.nationality`]: person.nationality,
    [`${name}.residence`]: person.residence,
  };
}
