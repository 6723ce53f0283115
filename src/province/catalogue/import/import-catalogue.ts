import { sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import type { Text } from "#kit/i18n.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { type Difference, differencesOf } from "../definition-differences.ts";
import { agenciesOffering, listingOf } from "../listing.ts";
import { proposeVersion } from "../publishing/propose-version.ts";
import {
  countOffersAfterImport,
  type CurrentVersion,
  type ImportedVersion,
  listCurrentVersions,
  publishImported,
} from "./import-store.ts";
import { factsOf } from "./facts.ts";
import { readRecords } from "./read-records.ts";
import { RecordError, type RejectReason } from "./record.ts";
import { toDefinition } from "./to-definition.ts";

export interface ImportReport {
  /** Records of the file. read = added + changed + unchanged + rejected. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: readonly { readonly line: number; readonly code: string | null; readonly reason: RejectReason }[];
  /** Published here with a form, or by an administrator: left as they are (and counted as unchanged), with what differs. */
  readonly kept: readonly ReportedDifferences[];
  /** What changed, at most 500 procedures. */
  readonly changes: readonly ReportedDifferences[];
  /**
   * Of what was read and is no form's here, how many stand in no list because no office of the province offers them: a
   * central body does (found by words, with where to file), they are between state bodies, or the file says no level.
   */
  readonly unlisted: Readonly<Record<Unlisted, number>>;
}

type Unlisted = "central" | "between-bodies" | "level-unknown";

export interface ReportedDifferences {
  readonly line: number;
  readonly code: string;
  readonly differences: readonly Difference[];
}

/** Small enough for one statement, large enough that the way to the database does not count. */
const BATCH = 200;
const MOST_REPORTED = 500;

export interface ImportOptions {
  /** Writes nothing and answers the same report. */
  readonly dryRun?: boolean;
  /** What is listed here and changed waits for an administrator; what is new is published at once. */
  readonly propose?: boolean;
}

const ACTOR = "system:import";

/**
 * Imports a file of the national catalogue into a province, record by record; nothing is held but one batch. What is new or
 * differs from the last import is published at once as information only; what is published here with a form, or was written
 * by an administrator, stays, and its differences are reported. Repeating an import changes nothing; one that was cut goes
 * on where it was.
 */
export async function importCatalogue(
  database: Database,
  tenant: Tenant,
  source: AsyncIterable<Buffer>,
  { dryRun = false, propose = false }: ImportOptions = {},
): Promise<ImportReport> {
  const db = database.forTenant(tenant.code);
  const tally = newTally();
  const codes = new Set<string>();
  let batch: Candidate[] = [];
  const flush = async () => {
    const known = new Map(
      (
        await listCurrentVersions(
          db,
          batch.map(({ definition }) => definition.code),
        )
      ).map((one) => [one.code, one]),
    );
    const items = batch.flatMap((one) => judge(one, known.get(one.definition.code), tenant, tally) ?? []);
    batch = [];
    if (dryRun) return;
    const waits = ({ definition }: ImportedVersion) => propose && known.has(definition.code);
    const now = items.filter((item) => !waits(item));
    if (now.length > 0) await database.tx((tx) => publishImported(tx, tenant.code, ACTOR, now));
    for (const item of items.filter(waits)) await proposeImported(database, tenant, item);
  };
  for await (const record of readRecords(source)) {
    tally.read += 1;
    const candidate =
      "raw" in record ? candidateOf(record.line, () => toDefinition(record.raw, tenant), record.raw.code) : record;
    if ("reason" in candidate) tally.rejected.push(candidate);
    else if (codes.has(candidate.definition.code))
      tally.rejected.push({ line: candidate.line, code: candidate.definition.code, reason: "code-twice" });
    else {
      codes.add(candidate.definition.code);
      batch.push(candidate);
    }
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  if (!dryRun && tally.added + tally.changed > 0) await database.tx((tx) => countOffersAfterImport(tx, tenant.code));
  return tally;
}

/** A change that an administrator publishes; one that waits already, or is somebody else's, is left as it is. */
async function proposeImported(
  database: Database,
  tenant: Tenant,
  { definition, digest }: ImportedVersion,
): Promise<void> {
  await proposeVersion(database, tenant, {
    definition,
    form: null,
    digest,
    origin: "import",
    // Past: in force from the day it is published.
    effectiveFrom: "2000-01-01",
    note: "Danh mục quốc gia đã thay đổi.",
    by: ACTOR,
    byName: "Danh mục quốc gia",
  });
}

interface Candidate {
  readonly line: number;
  readonly definition: ProcedureDefinition;
}

type Rejected = ImportReport["rejected"][number];

function candidateOf(line: number, make: () => ProcedureDefinition, code: string): Candidate | Rejected {
  try {
    return { line, definition: make() };
  } catch (error) {
    if (error instanceof RecordError) return { line, code: code.slice(0, 60) || null, reason: error.reason };
    throw error;
  }
}

function newTally() {
  return {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    rejected: [] as Rejected[],
    kept: [] as ReportedDifferences[],
    changes: [] as ReportedDifferences[],
    unlisted: { central: 0, "between-bodies": 0, "level-unknown": 0 },
  };
}

/** Counts the record and answers the version to publish, if any. */
function judge(
  { line, definition }: Candidate,
  current: CurrentVersion | undefined,
  tenant: Tenant,
  tally: ReturnType<typeof newTally>,
): ImportedVersion | undefined {
  const digest = sha256(JSON.stringify(definition));
  const { code } = definition;
  if (!current?.hasForm && current?.origin !== "designer" && agenciesOffering(definition, tenant).length === 0)
    tally.unlisted[
      /^[56]\./.test(code) ? "between-bodies" : definition.source?.central ? "central" : "level-unknown"
    ] += 1;
  if (!current) {
    tally.added += 1;
    return { definition, digest, ...listingOf(definition, tenant) };
  }
  if (current.hasForm || current.origin === "designer") {
    tally.unchanged += 1;
    const differences = differencesOf(factsOf(current.definition), factsOf(definition));
    if (differences.length > 0) tally.kept.push({ line, code, differences });
    return undefined;
  }
  if (current.imported === digest) {
    tally.unchanged += 1;
    return undefined;
  }
  tally.changed += 1;
  const merged = withKept(definition, current);
  if (tally.changes.length < MOST_REPORTED)
    tally.changes.push({ line, code, differences: differencesOf(factsOf(current.definition), factsOf(merged)) });
  return { definition: merged, digest, ...listingOf(merged, tenant) };
}

/** Keeps what people wrote and the file cannot know: translations, short name, search words, who offers it. */
function withKept(next: ProcedureDefinition, { definition: before, origin }: CurrentVersion): ProcedureDefinition {
  const english = new Map<string, string>();
  collect(before, english);
  const isSameName = before.name.vi === next.name.vi;
  const translated = translate(next, english) as ProcedureDefinition;
  return {
    ...translated,
    ...(isSameName ? { shortName: before.shortName, summary: before.summary } : {}),
    ...(before.field.name.vi === next.field.name.vi ? { field: before.field } : {}),
    ...(before.keywords ? { keywords: before.keywords } : {}),
    ...(before.popularity === undefined ? {} : { popularity: before.popularity }),
    ...(origin === "files" ? { offers: before.offers } : {}),
    // What the file does not know stays known.
    ...(next.timeLimits.length === 0 && !next.timeText
      ? { timeLimits: before.timeLimits, ...(before.timeText ? { timeText: before.timeText } : {}) }
      : {}),
    ...(next.fees.length === 0 ? { fees: before.fees } : {}),
    ...(next.results.length === 0 ? { results: before.results } : {}),
  };
}

function collect(value: unknown, english: Map<string, string>): void {
  if (isText(value)) {
    if (value.vi !== value.en) english.set(value.vi, value.en);
  } else if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) collect(one, english);
  }
}

function translate(value: unknown, english: ReadonlyMap<string, string>): unknown {
  if (isText(value)) return { ...value, en: english.get(value.vi) ?? value.en };
  if (Array.isArray(value)) return value.map((one) => translate(one, english));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, translate(one, english)]));
}

function isText(value: unknown): value is Text {
  return typeof value === "object" && value !== null && "vi" in value && "en" in value;
}
