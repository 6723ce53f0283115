import { AppError } from "../errors.ts";
import { renderPdf } from "./render-pdf.ts";

const TEMPLATE = new URL("./picture.typ", import.meta.url);
const NAMES = { "image/jpeg": "/picture.jpg", "image/png": "/picture.png" } as const;

/**
 * A JPEG or PNG as a one-page A4 document, for papers that were photographed. Throws AppError `invalid`, reason
 * `picture-unreadable`, when the bytes are not such a picture.
 */
export function pictureDocument(picture: {
  readonly content: Uint8Array;
  readonly mediaType: keyof typeof NAMES;
  readonly title: string;
  readonly author: string;
  readonly date: Date;
}): Uint8Array {
  const path = NAMES[picture.mediaType];
  const { title, author, date } = picture;
  try {
    return renderPdf({
      template: TEMPLATE,
      data: { path, title },
      title,
      author,
      date,
      images: { [path]: picture.content },
    });
  } catch (cause) {
    throw new AppError("invalid", { reason: "picture-unreadable", cause });
  }
}
