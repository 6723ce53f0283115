/**
 * What has been typed and is not at the server yet, kept by the browser under the draft's id: minutes without a network,
 * a closed tab, a dead battery. Gone as soon as the server has it, and after a day in any case: others may use the device.
 */
import type { FormBody } from "./form-engine.ts";

const PREFIX = "motcua.draft.";
const LIFE_MS = 24 * 3_600_000;

export interface KeptPage {
  readonly at: number;
  readonly body: FormBody;
}

export function keepPage(key: string, body: FormBody): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), body } satisfies KeptPage));
    return true;
  } catch {
    // Full, or refused by the browser's settings: the page itself still has everything.
    return false;
  }
}

export function forgetPage(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept then.
  }
}

/** What was kept for this page; everything that is too old is thrown away by the way. */
export function keptPage(key: string): KeptPage | undefined {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && !read(name)) localStorage.removeItem(name);
    }
    return read(PREFIX + key);
  } catch {
    return undefined;
  }
}

function read(name: string): KeptPage | undefined {
  const { at = 0, body } = JSON.parse(localStorage.getItem(name) ?? "{}") as Partial<KeptPage>;
  return at > Date.now() - LIFE_MS && body ? { at, body } : undefined;
}
