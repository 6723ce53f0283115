/** Cuts a file into records without ever holding more than one: by lines, by CSV records, or by JSON objects. */
import { createGunzip } from "node:zlib";
import { Readable } from "node:stream";

export type Shape = "lines" | "document" | "csv";

/** Bytes of one record; undefined when it was longer than a record may be. */
export interface Piece {
  readonly line: number;
  readonly bytes: Buffer | undefined;
}

/** Longest record. The longest of the national catalogue has 60 KB. */
const MAX_PIECE = 4_000_000;
/** A whole document in one object may be larger: the answer of a service with many procedures. */
const MAX_DOCUMENT = 64_000_000;
const LOOK = 65_536;
const [NEWLINE, QUOTE, BACKSLASH, OPEN, CLOSE] = [0x0a, 0x22, 0x5c, 0x7b, 0x7d];

/** The file's bytes, unpacked when they are gzip (RFC 1952, by the first two bytes). Throws what unpacking throws. */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { head, rest } = await peek(source, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* rest;
  const gunzip = createGunzip();
  const packed = Readable.from(rest);
  packed.on("error", (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  for await (const chunk of gunzip) yield chunk as Buffer;
}

/** What the content is, by its first 64 KB: never by the file's name. */
export async function detect(
  source: AsyncIterable<Buffer>,
): Promise<{ readonly shape: Shape; readonly rest: AsyncGenerator<Buffer> }> {
  const { head, rest } = await peek(source, LOOK);
  const text = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (text.startsWith("[")) return { shape: "document", rest };
  if (!text.startsWith("{")) return { shape: looksLikeJsonLines(text) ? "lines" : "csv", rest };
  const lines = text.split("\n").slice(0, 30);
  const whole = lines.filter((line) => /^\{.*\}\s*$/.test(line.trim())).length;
  const begun = lines.filter((line) => line.startsWith("{")).length;
  return { shape: whole > 0 || begun > 1 || lines.length === 1 ? "lines" : "document", rest };
}

/** A file of JSON lines whose first line is broken. */
function looksLikeJsonLines(text: string): boolean {
  return (
    text
      .split("\n")
      .slice(0, 30)
      .filter((line) => /^\{".*\}\s*$/.test(line)).length > 0
  );
}

export function pieces(source: AsyncIterable<Buffer>, shape: Shape): AsyncGenerator<Piece> {
  if (shape === "document") return objects(source);
  return records(source, shape === "csv");
}

/** Lines; with `quoted` a newline inside quotes belongs to its record (RFC 4180). Empty lines are left out. */
async function* records(source: AsyncIterable<Buffer>, quoted: boolean): AsyncGenerator<Piece> {
  let held: Buffer[] = [];
  let size = 0;
  let isQuoted = false;
  let line = 1;
  let began = 1;
  const take = (): Piece => {
    const bytes = size > MAX_PIECE ? undefined : Buffer.concat(held);
    held = [];
    size = 0;
    isQuoted = false;
    return { line: began, bytes };
  };
  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (quoted && byte === QUOTE) isQuoted = !isQuoted;
      if (byte !== NEWLINE) continue;
      line += 1;
      // A quote that never closes must not swallow the rest of the file.
      if (isQuoted && size + at - start <= MAX_PIECE) continue;
      held.push(chunk.subarray(start, at));
      size += at - start;
      start = at + 1;
      const piece = take();
      began = line;
      if (piece.bytes === undefined || piece.bytes.some((one) => one > 0x20)) yield piece;
    }
    const rest = chunk.length - start;
    if (size <= MAX_PIECE) held.push(chunk.subarray(start));
    size += rest;
  }
  const last = take();
  if (last.bytes === undefined || last.bytes.some((one) => one > 0x20)) yield last;
}

/** JSON objects at the outermost level of a document or of its array, each with the line it begins on. */
async function* objects(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let held: Buffer[] = [];
  let size = 0;
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let line = 1;
  let began = 1;
  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === NEWLINE) line += 1;
      if (isText) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isText = false;
      } else if (byte === QUOTE) {
        isText = depth > 0;
      } else if (byte === OPEN) {
        if (depth === 0) [start, began] = [at, line];
        depth += 1;
      } else if (byte === CLOSE && depth > 0) {
        depth -= 1;
        if (depth > 0) continue;
        held.push(chunk.subarray(start, at + 1));
        size += at + 1 - start;
        yield { line: began, bytes: size > MAX_DOCUMENT ? undefined : Buffer.concat(held) };
        held = [];
        size = 0;
      }
    }
    if (depth === 0) continue;
    if (size <= MAX_DOCUMENT) held.push(chunk.subarray(start));
    size += chunk.length - start;
  }
  if (depth > 0) yield { line: began, bytes: size > MAX_DOCUMENT ? undefined : Buffer.concat(held) };
}

async function peek(
  source: AsyncIterable<Buffer>,
  length: number,
): Promise<{ readonly head: Buffer; readonly rest: AsyncGenerator<Buffer> }> {
  const reading = source[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let size = 0;
  let done = false;
  while (size < length && !done) {
    const next = await reading.next();
    if (next.done) done = true;
    else {
      held.push(next.value);
      size += next.value.length;
    }
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield* held;
    while (!done) {
      const next = await reading.next();
      if (next.done) done = true;
      else yield next.value;
    }
  }
  return { head: Buffer.concat(held).subarray(0, length), rest: rest() };
}
