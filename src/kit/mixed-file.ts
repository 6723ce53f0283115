/**
 * Files that are two kinds at once (polyglots): a picture that is an archive too, a PDF that a browser would show as a
 * page. Downloads are never sniffed and never run here, but a file is handed on to programs that are not ours. Pure.
 */
const PAGE = /<(?:script|html|!doctype html|svg|iframe|\?php)[\s>]/i;

/** Is it something else besides the kind its head says? `mediaType` is what the head says. */
export function isMixed(mediaType: string, bytes: Buffer): boolean {
  if (endsLikeZip(bytes)) return true;
  if (mediaType.startsWith("image/")) return PAGE.test(bytes.toString("latin1"));
  if (mediaType !== "application/pdf") return false;
  // Inside its objects a PDF may speak of anything; before them and behind its end it may not.
  const end = bytes.lastIndexOf("%%EOF");
  const outside = bytes.toString("latin1", 0, 1_024) + (end < 0 ? "" : bytes.toString("latin1", end));
  return PAGE.test(outside);
}

/** An archive is read from its end: an end record whose directory is really there. */
function endsLikeZip(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - 65_557);
  for (let at = bytes.indexOf("PK\x05\x06", from, "latin1"); at >= 0 && at + 22 <= bytes.length; ) {
    const directory = at - bytes.readUInt32LE(at + 12);
    if (directory >= 0 && bytes.readUInt16LE(at + 10) > 0 && bytes.readUInt32LE(directory) === 0x02014b50) return true;
    at = bytes.indexOf("PK\x05\x06", at + 1, "latin1");
  }
  return false;
}
