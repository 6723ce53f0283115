/** A paper sent before the dossier that names it: checked as an upload of the pages, swept after a day if none does. */
import type { Readable } from "node:stream";
import { AppError } from "#kit/errors.ts";
import { newId } from "#kit/ids.ts";
import { type FilingPlace, noteLooseFile, storeUpload } from "#province/dossiers/index.ts";
import type { ProgramClient, SentFile } from "./client.ts";
import { keepFile } from "./client-store.ts";

/** Throws `invalid` (`file-refused`) with the problem's word. */
export async function takeFile(
  place: FilingPlace,
  client: ProgramClient,
  fileName: string,
  content: Readable,
): Promise<SentFile> {
  const tenant = place.tenant.code;
  const upload = await storeUpload(place.store, fileName, content, {
    note: (sha256) => noteLooseFile(place.database, tenant, sha256),
  });
  if (!upload.ok) throw new AppError("invalid", { reason: "file-refused", details: { problem: upload.problem } });
  const { name, sha256, size, mediaType } = upload;
  const file = { id: newId(), name, sha256, size, mediaType };
  await keepFile(place.database.forTenant(tenant), client.id, file);
  return file;
}
