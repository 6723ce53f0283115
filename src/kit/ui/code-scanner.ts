import { attributes, html, type Html } from "../html.ts";
import type { Lang } from "../i18n.ts";
import { assetPath } from "./assets.ts";

export interface CodeScannerProps {
  readonly lang: Lang;
  /** Id of the field that takes the code. */
  readonly field: string;
  /** What to hold before the camera. */
  readonly hint: string;
  /** Whether the form goes with the code; it stays when more is to be filled in. */
  readonly send: boolean;
}

const words = {
  vi: {
    camera: "Quét bằng máy ảnh",
    picture: "Chọn ảnh có mã QR",
    stop: "Tắt máy ảnh",
    denied: "Không mở được máy ảnh. Hãy cho phép trong cài đặt của trình duyệt, chọn ảnh có mã, hoặc gõ vào ô.",
    unread: "Không đọc được mã QR trong ảnh. Hãy chọn ảnh rõ hơn, chụp gần mã, hoặc gõ vào ô.",
    local: "Hình không rời khỏi máy này.",
  },
  en: {
    camera: "Scan with the camera",
    picture: "Choose a picture of a QR code",
    stop: "Stop the camera",
    denied: "The camera does not open. Allow it in the browser's settings, choose a picture of the code, or type.",
    unread: "No QR code can be read in the picture. Choose a sharper one taken closer to the code, or type.",
    local: "The picture never leaves this device.",
  },
} as const;

/** Reads a QR code into a field with the camera or out of a picture; nothing at all without JavaScript. */
export function codeScanner({ lang, field, hint, send }: CodeScannerProps): Html {
  const t = words[lang];
  return html`<code-scanner${attributes({
    "data-for": field,
    "data-module": assetPath("scan-browser.js"),
    "data-send": send,
    "data-label": t.camera,
    "data-picture": t.picture,
    "data-hint": `${hint} ${t.local}`,
    "data-stop": t.stop,
    "data-denied": t.denied,
    "data-unread": t.unread,
  })}></code-scanner>`;
}
