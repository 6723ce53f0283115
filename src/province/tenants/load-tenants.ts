import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isPlainDate } from "#kit/calendar.ts";
import { readDefinition, schemaCheck } from "#kit/definition-file.ts";
import { AppError } from "#kit/errors.ts";
import type { Text } from "#kit/i18n.ts";
import type { Agency, ProvinceFile, Tenant } from "./tenant.ts";

const PROVINCES = join(import.meta.dirname, "../../../provinces");

let known: readonly Tenant[] | undefined;

/** Every province of the folder, by code. Read once a process; throws `DefinitionError` naming what is wrong. */
export function loadTenants(folder: string = PROVINCES): readonly Tenant[] {
  if (folder === PROVINCES && known) return known;
  const check = schemaCheck(join(PROVINCES, "province.schema.json"));
  const tenants = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((code) =>
      unfold(
        readDefinition<ProvinceFile>(join(folder, code, "province.json"), check, (file) => problemsOf(file, code)),
      ),
    );
  if (folder === PROVINCES) known = tenants;
  return tenants;
}

/** Throws `not-found` for a province that has no folder. */
export function findTenant(code: string): Tenant {
  const tenant = loadTenants().find((candidate) => candidate.code === code);
  if (!tenant) throw new AppError("not-found", { reason: "tenant", message: `no province "${code}" in provinces/` });
  return tenant;
}

/** What the schema cannot say. */
function problemsOf(file: ProvinceFile, folder: string): string[] {
  const problems: string[] = [];
  if (file.code !== folder) problems.push(`code: is "${file.code}" but the folder is "${folder}"`);
  const seen = new Set<string>();
  for (const { id, identifier } of agenciesOf(file)) {
    if (seen.has(identifier)) problems.push(`agencies: identifier ${identifier} is given twice`);
    if (seen.has(id)) problems.push(`agencies: id ${id} is given twice`);
    if (!identifier.endsWith(`.${file.identifier}`))
      problems.push(`agencies: identifier ${identifier} does not end in ${file.identifier}`);
    seen.add(identifier).add(id);
  }
  for (const payee of file.payment.payees) {
    for (const id of payee.agencies ?? [])
      if (!seen.has(id)) problems.push(`payment.payees.${payee.id}: no agency ${id}`);
  }
  if (!file.payment.payees.some((payee) => payee.agencies === undefined))
    problems.push("payment.payees: one must serve all other agencies");
  return [...problems, ...resolutionProblems(file.localAmounts)];
}

/** One fee has one amount on one day; days are days of the calendar, in their order. */
function resolutionProblems(all: ProvinceFile["localAmounts"]): string[] {
  return Object.entries(all).flatMap(([code, resolutions]) => {
    const inOrder = [...resolutions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    return inOrder.flatMap(({ issuedOn, validFrom, validTo }, index): string[] => {
      const where = `localAmounts.${code}`;
      const wrong = [issuedOn, validFrom, validTo].filter((day) => day !== null && !isPlainDate(day));
      const next = inOrder[index + 1];
      return [
        ...wrong.map((day) => `${where}: ${day} is no day`),
        ...(validTo !== null && validTo < validFrom ? [`${where}: ends before it begins (${validTo})`] : []),
        ...(validFrom < issuedOn ? [`${where}: in force before it was issued (${validFrom})`] : []),
        ...(next && (validTo === null || next.validFrom <= validTo)
          ? [`${where}: two amounts on ${next.validFrom}`]
          : []),
      ];
    });
  });
}

/**
 * A province that says nothing answers feedback within so many days of the calendar. A setting and no law: Decree
 * 20/2008/NĐ-CP on feedback, as amended, obliges the office to answer, and we found no number of days in it for that.
 */
const FEEDBACK_DAYS = 15;
/** A province that says nothing gives thirty days and stops nothing by itself. */
const SUPPLEMENTS = {
  answer: { type: "calendar_days", days: 30 },
  remindDays: 5,
  onExpiry: "wait",
} as const;

function unfold(file: ProvinceFile): Tenant {
  const { districts: _districts, communes: _communes, ...rest } = file;
  return {
    ...rest,
    feedbackDays: file.feedbackDays ?? FEEDBACK_DAYS,
    supplements: file.supplements ?? SUPPLEMENTS,
    letterhead: file.letterhead ?? {},
    agencies: agenciesOf(file),
  };
}

function agenciesOf(file: ProvinceFile): Agency[] {
  const root = file.agencies[0]?.id ?? null;
  const own = file.agencies.map(
    (agency): Agency => ({
      ...agency,
      parentId: agency.id === root ? null : root,
      gso: null,
      phone: agency.phone ?? null,
    }),
  );
  const below = file.districts.flatMap((district): Agency[] => {
    const id = `huyen-${district.gso}`;
    return [
      committee({ id, type: "district-committee", level: "district", parentId: root, ...district }),
      ...district.communes.map((commune) =>
        committee({ id: `xa-${commune.gso}`, type: "commune-committee", level: "commune", parentId: id, ...commune }),
      ),
    ];
  });
  const direct = (file.communes ?? []).map((commune) =>
    committee({ id: `xa-${commune.gso}`, type: "commune-committee", level: "commune", parentId: root, ...commune }),
  );
  return [...own, ...below, ...direct];
}

function committee(
  unit: Pick<Agency, "id" | "identifier" | "type" | "level" | "parentId"> & { name: string; gso: string },
): Agency {
  const short: Text = { vi: unit.name, en: englishName(unit.name) };
  return {
    id: unit.id,
    identifier: unit.identifier,
    type: unit.type,
    level: unit.level,
    parentId: unit.parentId,
    gso: unit.gso,
    phone: null,
    name: {
      vi: `Ủy ban nhân dân ${unit.name.charAt(0).toLowerCase()}${unit.name.slice(1)}`,
      en: `People's Committee of ${short.en}`,
    },
    shortName: short,
  };
}

const KINDS = [
  ["Thị trấn ", "Township"],
  ["Thành phố ", "City"],
  ["Thị xã ", "Town"],
  ["Phường ", "Ward"],
  ["Huyện ", "District"],
  ["Xã ", "Commune"],
  ["Đặc khu ", "Special Zone"],
] as const;

/** "Thị trấn Bến Cầu" → "Bến Cầu Township"; "Phường 1" → "Ward 1". */
function englishName(name: string): string {
  for (const [vietnamese, english] of KINDS) {
    if (!name.startsWith(vietnamese)) continue;
    const own = name.slice(vietnamese.length);
    return /^\d+$/.test(own) ? `${english} ${own}` : `${own} ${english}`;
  }
  return name;
}
