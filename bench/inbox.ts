import { plainDateOf, addDays, instantOf } from "#kit/calendar.ts";
import { type Database, openDatabase } from "#kit/db.ts";
import { officeCalendar } from "#province/deadlines/index.ts";
import {
  countInbox,
  type InboxOwner,
  listInbox,
  momentsAt,
  readSearch,
  searchInbox,
  type Tab,
} from "#province/inbox/index.ts";
import { type DurableDatabase, durableDatabase } from "./durable-database.ts";
import { fillDossiers, TENANTS, UNITS } from "./inbox-rows.ts";
import type { Contest } from "./harness.ts";
import { CLIENTS, inTurns, limitName, transactionsPerSecond } from "./transactions.ts";

const COUNT = 1_600;
const SAMPLES = 400;
/** As many at a time as the usual machine has cores: a time that is not time in a queue. */
const UNHURRIED = 2;
const DEEP_PAGE = 1_000;

/** The largest unit of the largest province: at ten million dossiers its open ones are 54,000. */
const LARGEST: InboxOwner = { tenant: "p1", officerId: "p1-1-1", role: "one-stop", agencyIds: ["1"] };
const WHOLE_PROVINCE: InboxOwner = { ...LARGEST, agencyIds: Array.from({ length: UNITS }, (_, n) => String(n + 1)) };

/** What an officer asks of the lists, each view whole against its statement alone. */
export async function inbox(rows: number): Promise<Contest[]> {
  const place = await durableDatabase("province");
  await place.admin((client) => fillDossiers(client, rows, say));
  return await inboxOn(place, rows);
}

/** The same in a database that is filled already. */
export async function inboxOn(place: DurableDatabase, rows: number): Promise<Contest[]> {
  const database = openDatabase({ url: place.appUrl, role: "bench", max: CLIENTS });
  const now = new Date();
  const moments = momentsAt(officeCalendar(), now, instantOf(addDays(plainDateOf(now), 1)));
  const list = (owner: InboxOwner, tab: Tab, more: object = {}) =>
    listInbox(database, owner, { tab, filters: {}, moments, ...more });
  await sayTimes(database, moments, list);
  const url = `${place.appUrl}${place.appUrl.includes("?") ? "&" : "?"}options=-c%20app.tenant%3D${LARGEST.tenant}`;
  const contests: Contest[] = [];
  for (const [name, view] of Object.entries(viewsAt(moments))) {
    const asked = await statementOf(view);
    contests.push({
      name: `${name}, ${rows} dossiers`,
      unit: "answers",
      limitName: limitName(),
      limit: () => transactionsPerSecond(url, asked, COUNT),
      workload: async () => {
        const began = performance.now();
        await inTurns(COUNT, async () => void (await view(database)));
        return COUNT / ((performance.now() - began) / 1000);
      },
      close: async () => {
        // The last one to close turns off the light.
        if (name !== LAST_VIEW) return;
        await database.close();
        await place.admin((client) => client.query("truncate dossier cascade"));
        await place.close();
      },
    });
  }
  return contests;
}

const LAST_VIEW = "search by digits";

/** Every statement of the lists, asked by an officer of the largest unit. */
function viewsAt(moments: ReturnType<typeof momentsAt>): Readonly<Record<string, (db: Database) => Promise<unknown>>> {
  const list = (db: Database, tab: Tab, more: object = {}) =>
    listInbox(db, LARGEST, { tab, filters: {}, moments, ...more });
  const search = (db: Database, typed: string) => {
    const words = readSearch(typed);
    return words ? searchInbox(db, LARGEST, words) : Promise.resolve([]);
  };
  return {
    "the unit's list": (db) => list(db, "unit"),
    "my list": (db) => list(db, "mine"),
    "filtered list": (db) => list(db, "unit", { filters: { procedure: "1.001193" } }),
    "what is over": (db) => list(db, "done"),
    "counts of six tabs": (db) => countInbox(db, LARGEST, moments),
    "search by name": (db) => search(db, "bich ngoc"),
    [LAST_VIEW]: (db) => search(db, "1234"),
  };
}

function say(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

type List = (owner: InboxOwner, tab: Tab, more?: object) => ReturnType<typeof listInbox>;

async function sayTimes(database: Database, moments: ReturnType<typeof momentsAt>, list: List): Promise<void> {
  // Officers as their provinces are large: Zipf over provinces and units.
  const zipf = (many: number, seed: number) =>
    Math.min(many, Math.floor(many ** (((seed * 2_654_435_761) % 1_000) / 1_000)) || 1);
  const anybody = (n: number): InboxOwner => {
    const unit = zipf(UNITS, n + 7);
    const tenant = `p${zipf(TENANTS, n + 1)}`;
    return { tenant, officerId: `${tenant}-${unit}-${(n % 5) + 1}`, role: "one-stop", agencyIds: [String(unit)] };
  };
  const tabs: readonly Tab[] = ["mine", "unit", "waiting", "today", "late", "done"];
  const tabOf = (n: number) => tabs[n % tabs.length] ?? "mine";
  const search = (owner: InboxOwner, typed: string) => {
    const words = readSearch(typed);
    return words ? searchInbox(database, owner, words) : Promise.resolve([]);
  };
  const filters = [
    { procedure: "1.001193" },
    { channel: "post" },
    { field: "DD", light: "amber" },
    { procedure: "2.000635", channel: "counter" },
    { officer: "nobody-is-called-so" },
  ] as const;
  const times = async (what: string, count: number, work: (n: number) => Promise<unknown>) =>
    say(await measure(what, count, work));
  await times("a list's first page, any officer", SAMPLES, (n) => list(anybody(n), tabOf(n)));
  await times("counts of the six tabs, any officer", SAMPLES, (n) => countInbox(database, anybody(n), moments));
  await times("filtered, any officer", SAMPLES, (n) =>
    list(anybody(n), tabOf(n), { filters: filters[n % filters.length] }),
  );
  await times("search by name, any officer", SAMPLES, (n) =>
    search(anybody(n), ["bich ngoc", "Nguyễn Văn", "tran thi b", "an"][n % 4] ?? ""),
  );
  await times("search by digits, any officer", SAMPLES, (n) => search(anybody(n), String(1_000 + ((n * 37) % 9_000))));
  await times("largest unit: first pages", 100, (n) => list(LARGEST, tabOf(n)));
  await times("largest unit: counts", 100, () => countInbox(database, LARGEST, moments));
  await times("largest unit: filters, also those that fit nothing", 100, (n) =>
    list(LARGEST, tabOf(n), { filters: filters[n % filters.length] }),
  );
  await times("whole province: first pages", 100, (n) => list(WHOLE_PROVINCE, tabOf(n)));
  await times("whole province: counts", 100, () => countInbox(database, WHOLE_PROVINCE, moments));
  await times("whole province: search by name", 100, (n) =>
    search(WHOLE_PROVINCE, ["bich ngoc", "Nguyễn Văn"][n % 2] ?? ""),
  );
  const deep = await deepKey(list);
  await times("page 1", 200, () => list(LARGEST, "unit"));
  await times(`page ${deep.page}`, 200, () => list(LARGEST, "unit", { after: deep.key }));
}

/** The key before page 1,000, or the last there is. */
async function deepKey(list: List): Promise<{ readonly page: number; readonly key: string | undefined }> {
  let key: string | undefined;
  let rows = 0;
  while (rows < (DEEP_PAGE - 1) * 25) {
    const page = await list(LARGEST, "unit", { limit: 999, ...(key ? { after: key } : {}) });
    rows += page.rows.length;
    if (!page.next) break;
    key = page.next;
  }
  return { page: Math.floor(rows / 25) + 1, key };
}

async function measure(what: string, count: number, work: (n: number) => Promise<unknown>): Promise<string> {
  const taken: number[] = [];
  await inTurns(20, async (n) => void (await work(n)), UNHURRIED);
  await inTurns(
    count,
    async (n) => {
      const began = performance.now();
      await work(n);
      taken.push(performance.now() - began);
    },
    UNHURRIED,
  );
  taken.sort((a, b) => a - b);
  const at = (share: number) => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1);
  return `${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}

/** The statement that a view sends, with its values written out. */
async function statementOf(view: (capturing: Database) => Promise<unknown>): Promise<string> {
  let text = "";
  const literal = (value: unknown): string => {
    if (value === null) return "null";
    if (Array.isArray(value)) return `array[${value.map(literal).join(", ")}]::text[]`;
    if (typeof value === "number") return String(value);
    return `'${value instanceof Date ? value.toISOString() : String(value).replaceAll("'", "''")}'`;
  };
  const take = (statement: { readonly text: string }, params: readonly unknown[]) => {
    text = statement.text.replaceAll(/\$(\d+)/g, (_all, place: string) => literal(params[Number(place) - 1]));
  };
  const capturing = {
    forTenant: () => ({
      many: async (...asked: Parameters<typeof take>) => {
        take(...asked);
        return [];
      },
      one: async (...asked: Parameters<typeof take>) => {
        take(...asked);
        return {};
      },
    }),
  };
  await view(capturing as unknown as Database);
  return text;
}
