const MOST = 16_000_000;

/**
 * Names that a file has more than once, found while it is read: a million names as 64-bit numbers in an open table are
 * small, and the database then looks at these few alone. A name that was not repeated may be among them (two names with one
 * number); none that was is left out.
 */
export function createRepeatFinder(): {
  /** A name as UTF-8 bytes. */
  see(bytes: Uint8Array, from: number, to: number): void;
  readonly repeated: readonly string[];
} {
  let size = 1 << 16;
  let table = new Int32Array(size * 2);
  let used = 0;
  const repeated = new Set<string>();
  /** False when the number is there already. Zero marks an empty place, so the first half is never zero. */
  const put = (a: number, b: number): boolean => {
    for (let at = (a ^ (b >>> 7)) & (size - 1); ; at = (at + 1) & (size - 1)) {
      const there = table[at * 2];
      if (there === 0) {
        table[at * 2] = a;
        table[at * 2 + 1] = b;
        return true;
      }
      if (there === a && table[at * 2 + 1] === b) return false;
    }
  };
  const grow = (): void => {
    const old = table;
    size *= 2;
    table = new Int32Array(size * 2);
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) put(old[at] as number, old[at + 1] as number);
  };
  return {
    see(bytes, from, to) {
      // Two 32-bit FNV-1a lanes with different beginnings.
      let a = 0x811c9dc5;
      let b = 0x2f0b4c47;
      for (let at = from; at < to; at += 1) {
        const code = bytes[at] as number;
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul(b ^ code, 0x85ebca6b);
      }
      if (used < MOST && put(a | 0 || 1, b | 0)) {
        used += 1;
        if (used * 2 > size) grow();
      } else repeated.add(Buffer.from(bytes.subarray(from, to)).toString("utf8"));
    },
    get repeated() {
      return [...repeated];
    },
  };
}
