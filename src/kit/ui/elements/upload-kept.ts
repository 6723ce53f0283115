/**
 * Files on their way, kept in the browser until the server has them: after a reload, a closed tab or an empty battery the
 * page goes on with them. Gone when sent, when given up, at signing out, and after two hours.
 */
const NAME = "motcua-uploads";
const LIFE_MS = 2 * 3_600_000;

export interface KeptFile {
  readonly key: number;
  /** Where it is sent: one dossier's address. */
  readonly to: string;
  readonly control: string;
  readonly file: File;
  readonly thumb: Blob | undefined;
  readonly at: number;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore("files", { keyPath: "key", autoIncrement: true }),
    );
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("no database in this browser")));
  });
}

async function run<T>(mode: IDBTransactionMode, ask: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  // Private windows and full disks have no such store: the upload itself does not need it.
  const database = await open().catch(() => undefined);
  if (!database) return undefined;
  return new Promise((resolve) => {
    const request = ask(database.transaction("files", mode).objectStore("files"));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => resolve(undefined));
  }).then((result) => {
    database.close();
    return result as T | undefined;
  });
}

/** Answers its key; undefined where nothing can be kept. */
export async function keep(file: Omit<KeptFile, "key" | "at">): Promise<number | undefined> {
  return (await run("readwrite", (files) => files.add({ ...file, at: Date.now() }))) as number | undefined;
}

export async function forget(key: number | undefined): Promise<void> {
  if (key !== undefined) await run("readwrite", (files) => files.delete(key));
}

/** What was on its way to this address; what is too old goes. */
export async function keptFor(to: string): Promise<readonly KeptFile[]> {
  const all = (await run("readonly", (files) => files.getAll() as IDBRequest<KeptFile[]>)) ?? [];
  const old = all.filter((one) => Date.now() - one.at > LIFE_MS);
  for (const one of old) await forget(one.key);
  return all.filter((one) => one.to === to && !old.includes(one));
}

/** Whoever uses the device next finds nothing. */
export function forgetAll(): void {
  indexedDB.deleteDatabase(NAME);
}
