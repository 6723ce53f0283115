const MOST = 15_000_000;

/**
 * Names that a file has more than once, found while it is read: a million names as 53-bit numbers are small, and the
 * database then looks at these few alone. A name that was not repeated may be among them (two names with one number, one
 * file of a million in ten thousand); none that was is left out.
 */
export function createRepeatFinder(): { see(name: string): void; readonly repeated: readonly string[] } {
  const seen = new Set<number>();
  const repeated = new Set<string>();
  return {
    see(name) {
      // Two 32-bit FNV-1a lanes with different beginnings.
      let a = 0x811c9dc5;
      let b = 0x2f0b4c47;
      for (let at = 0; at < name.length; at += 1) {
        const code = name.charCodeAt(at);
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul(b ^ code, 0x85ebca6b);
      }
      const number = (a >>> 0) * 2_097_152 + ((b >>> 0) & 0x1fffff);
      if (seen.has(number)) repeated.add(name);
      else if (seen.size < MOST) seen.add(number);
      else repeated.add(name);
    },
    get repeated() {
      return [...repeated];
    },
  };
}
