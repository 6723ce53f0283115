import QRCode from "qrcode";

/**
 * A QR code as SVG bytes, error correction M (15 %): enough for a stamp or a fold across it on printed paper.
 * The quiet zone of four modules (ISO/IEC 18004) is part of the picture.
 */
export async function qrSvg(text: string): Promise<Uint8Array> {
  return Buffer.from(await QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 4 }), "utf8");
}
