/** Working copies out as files and in again. */
import type { FastifyRequest } from "fastify";
import { seeOther } from "#kit/http/index.ts";
import type { PageError } from "#kit/ui/index.ts";
import { sayNext } from "#province/admin/index.ts";
import { ARCHIVE_MOST, readArchive, type ReadArchive, writeArchive } from "./archive.ts";
import { beginCopy, changeCopy, contentOfVersion, openCopy } from "./change-copy.ts";
import type { Content } from "./content.ts";
import { showCopies } from "./copy-routes.ts";
import { type Asked, asked, copyOf, editorOf, type Room } from "./designer-room.ts";
import { messages } from "./messages.ts";
import { DESIGNER_HOME, designerPaths } from "./pages/designer-paths.ts";
import { findLastVersion } from "./working-copy-view.ts";

export function archiveRoutes(room: Room): void {
  room.site.get("/quan-tri/thu-tuc/:code/soan/xuat", asked(room, send));
  room.site.post(`${DESIGNER_HOME}/nhap`, asked(room, take));
}

async function send(now: Asked): Promise<unknown> {
  const copy = await copyOf(now);
  return now.reply
    .type("application/zip")
    .header("content-disposition", `attachment; filename="${copy.code}.zip"`)
    .send(Buffer.from(writeArchive(copy)));
}

/** One revision of the procedure's copy; a copy is begun when there is none. What was there before stays in the history. */
async function take(now: Asked): Promise<unknown> {
  const { room, request, reply } = now;
  const t = messages[request.lang];
  const refuse = (message: string, problems: readonly string[] = []): Promise<unknown> => {
    const errors: PageError[] = [{ field: "tep", message }];
    return showCopies(now, { typed: {}, errors, problems });
  };
  const bytes = await fileOf(request);
  if (!bytes) return refuse(t.wrong.file);
  const read = await readArchive(bytes);
  if (!read.ok) return refuse(t.wrong.zip, problemsOf(read, t));
  const { content } = read;
  const { code } = content.definition;
  const before = await openCopy(room, code);
  if (!before) await beginFrom(now, content);
  await changeCopy(room, code, editorOf(now), "import", () => content);
  const after = await openCopy(room, code);
  sayNext(request, t.said.imported);
  const from = before?.revision ?? 1;
  const span = after && after.revision > from ? `?tu=${from}&den=${after.revision}` : "";
  return seeOther(reply, `${designerPaths.part(code, "so-sanh")}${span}`);
}

/** So that the differences are those against what is published. */
async function beginFrom(now: Asked, content: Content): Promise<void> {
  const { room } = now;
  const { code } = content.definition;
  const last = await findLastVersion(room.db, code);
  const base = last === null ? content : ((await contentOfVersion(room, code, last)) ?? content);
  await beginCopy(room, code, base, last, editorOf(now));
}

function problemsOf(read: Exclude<ReadArchive, { ok: true }>, t: (typeof messages)["vi"]): readonly string[] {
  if (read.reason === "json") return [t.wrong.fileJson(read.file, read.why)];
  return read.reason === "shape" ? read.problems.map(({ file, problem }) => t.wrong.fileProblem(file, problem)) : [];
}

async function fileOf(request: FastifyRequest): Promise<Buffer | undefined> {
  if (!request.isMultipart()) return undefined;
  let found: Buffer | undefined;
  for await (const part of request.parts({ limits: { fileSize: ARCHIVE_MOST, files: 1 } })) {
    if (part.type !== "file") continue;
    try {
      const bytes = await part.toBuffer();
      if (part.fieldname === "tep" && bytes.length > 0) found = bytes;
    } catch {
      return undefined;
    }
  }
  return found;
}
