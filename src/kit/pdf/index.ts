/**
 * Documents as PDF: Typst templates with data, our own fonts, archive form (PDF/A), QR codes.
 *
 * Words: a *template* is a `.typ` file of the room that owns the document; *data* is plain JSON read by the template;
 * the *layout* (`/layout.typ`) is the look of Decree 30/2020/NĐ-CP. It promises: data is never markup, the same request
 * gives the same bytes, no file of the machine and no network is reachable from a template.
 */
export { documentFont, type FontFace } from "./fonts.ts";
export { pictureDocument } from "./picture-document.ts";
export { qrSvg } from "./qr.ts";
export { type PdfAttachment, type PdfRequest, type PdfStandard, renderPdf } from "./render-pdf.ts";
