/** Looks through chained histories of any number of things, bounded in time: for `motcua doctor`. */

export interface HistoryWalk {
  /** How many things' histories were looked at. */
  readonly looked: number;
  /** False: time was up before the last one. */
  readonly whole: boolean;
  /** The first hundred that have been tampered with, each with the place of the first row that does not fit. */
  readonly broken: readonly { readonly id: string; readonly seq: number }[];
}

const FIRST = "00000000-0000-0000-0000-000000000000";
const MOST_BROKEN = 100;

/** `next` answers the things after an id, in the order of their ids, with `seq` null where everything fits. */
export async function walkHistories(
  next: (after: string) => Promise<readonly { readonly id: string; readonly seq: number | null }[]>,
  limitMs: number,
): Promise<HistoryWalk> {
  const end = performance.now() + limitMs;
  const broken: { id: string; seq: number }[] = [];
  let looked = 0;
  let after = FIRST;
  while (performance.now() < end) {
    const part = await next(after);
    const last = part.at(-1);
    if (!last) return { looked, whole: true, broken };
    looked += part.length;
    after = last.id;
    for (const { id, seq } of part) if (seq !== null && broken.length < MOST_BROKEN) broken.push({ id, seq });
  }
  return { looked, whole: false, broken };
}
