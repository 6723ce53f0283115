import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { answerAt, type FormPage, isSignature, renderSignaturePicture } from "#province/forms/index.ts";
import { removeFile } from "./change-files.ts";
import { listFiles } from "./dossier-view.ts";
import type { FilingDeps } from "./filing-deps.ts";
import type { FilingDraft } from "./filing-draft.ts";
import { takePaper } from "./upload-paper.ts";

/** The name under which the picture of a signature is kept; another file of the component is the person's own. */
const NAME = "chu-ky.png";

/** Signatures drawn on the page become a picture among the papers: the newest, and none when the drawing was cleared. */
export async function keepSignatures(deps: FilingDeps, draft: FilingDraft, page: FormPage): Promise<void> {
  const items = page.sections.flatMap((section) =>
    section.repeat ? [] : section.items.filter((item) => item.type === "signature" && item.component),
  );
  if (items.length === 0) return;
  const key = { tenant: deps.tenant.code, dossierId: draft.dossier.id, applicantSub: draft.dossier.applicantSub };
  const files = await listFiles(deps.database, key);
  for (const item of items) {
    const component = item.component ?? "";
    const answer = answerAt(draft.answers, item.id);
    const picture = isSignature(answer) ? renderSignaturePicture(answer.strokes) : undefined;
    const sha256 = picture && createHash("sha256").update(picture).digest("hex");
    const own = files.filter((file) => file.component === component && file.name === NAME);
    for (const file of own.filter((one) => one.sha256 !== sha256)) {
      await removeFile(deps.database, { ...key, fileId: file.id });
    }
    if (picture && !own.some((file) => file.sha256 === sha256)) {
      await takePaper(deps, key, { component, name: NAME, content: Readable.from(picture) });
    }
  }
}
