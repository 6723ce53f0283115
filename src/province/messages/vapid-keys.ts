import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import webPush from "web-push";

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * The keys by which push services know this house (RFC 8292), made at the first start. A browser's subscription is bound to
 * the public one, so they are never made again while the file is there. Safe when several processes begin at once.
 */
export function openVapidKeys(dataDir: string): VapidKeys {
  const file = path.join(dataDir, "keys", "web-push.json");
  const known = read(file);
  if (known) return known;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(webPush.generateVAPIDKeys()), { mode: 0o600 });
  try {
    linkSync(mine, file);
  } catch (error) {
    // Another process was first: its keys count.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  const made = read(file);
  if (!made) throw new Error(`${file} cannot be read`);
  return made;
}

function read(file: string): VapidKeys | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as VapidKeys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
