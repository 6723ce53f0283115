/**
 * Reads what people see of a mail (RFC 5322, MIME): subject and text. Written for the mails of our own systems: text or
 * multipart, UTF-8, quoted-printable or base64, encoded words in headers. Anything else is shown as it came.
 */
export interface ReadMail {
  readonly subject: string;
  readonly text: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Parts inside parts, at most this deep: a hostile mail must not hold the reader. */
const DEEPEST = 5;

export function readMail(source: Buffer): ReadMail {
  const mail = splitPart(source);
  return { subject: decodeWords(mail.headers.get("subject") ?? ""), text: textOf(mail, 0) ?? "" };
}

function splitPart(source: Buffer): Part {
  const match = /\r?\n\r?\n/.exec(source.toString("latin1"));
  const head = match ? source.subarray(0, match.index) : source;
  const body = match ? source.subarray(match.index + match[0].length) : Buffer.alloc(0);
  const headers = new Map<string, string>();
  for (const line of head
    .toString("utf8")
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}

function textOf(part: Part, depth: number): string | undefined {
  const type = part.headers.get("content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary && depth < DEEPEST) {
    const pieces = part.body.toString("latin1").split(`--${boundary}`).slice(1, -1);
    const texts = pieces.map((piece) => splitPart(Buffer.from(piece.replace(/^\r?\n/, ""), "latin1")));
    const plain = texts.find((one) => /^text\/plain/i.test(one.headers.get("content-type") ?? "text/plain"));
    const first = plain ?? texts[0];
    return first && textOf(first, depth + 1);
  }
  if (!/^text\//i.test(type)) return undefined;
  const text = decodeBody(part).toString("utf8").replace(/\r\n/g, "\n").trimEnd();
  return /^text\/html/i.test(type)
    ? text
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ")
        .trim()
    : text;
}

function decodeBody(part: Part): Buffer {
  const encoding = (part.headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (encoding === "base64") return Buffer.from(part.body.toString("latin1"), "base64");
  if (encoding === "quoted-printable") return decodeQuoted(part.body.toString("latin1").replace(/=\r?\n/g, ""));
  return part.body;
}

function decodeQuoted(text: string): Buffer {
  const plain = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}

/** `=?UTF-8?B?…?=` and `?Q?`; white space between two encoded words belongs to neither (RFC 2047 §6.2). */
function decodeWords(header: string): string {
  return header
    .replace(/(\?=)\s+(=\?)/g, "$1$2")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : decodeQuoted(word.replaceAll("_", " ")).toString("utf8"),
    );
}
