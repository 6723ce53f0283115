import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTransport } from "nodemailer";
import { readMail } from "./read-mail.ts";

/** A mail as our own systems write it. */
async function written(message: { subject: string; text: string; html?: string }): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const sent = await transport.sendMail({ from: "motcua@example.vn", to: "an@example.vn", ...message });
  return sent.message as Buffer;
}

describe("mails on the stand-in's mailbox", () => {
  const subject = "Hồ sơ 000.20.31.H53-200722-0001 đã có kết quả, mời ông/bà đăng nhập để tải giấy khai sinh điện tử";
  const text = "Kính gửi ông Nguyễn Văn An,\n\nHồ sơ đã có kết quả.\nTrân trọng.";

  test("Vietnamese subjects and texts are read as they were written", async () => {
    assert.deepEqual(readMail(await written({ subject, text })), { subject, text });
  });

  test("of a mail with text and HTML the text is shown", async () => {
    assert.equal(readMail(await written({ subject, text, html: "<p>HTML</p>" })).text, text);
  });

  test("bytes that are no mail are shown empty instead of ending the server", () => {
    assert.deepEqual(readMail(Buffer.from([0xff, 0x00, 0x0a])), { subject: "", text: "" });
  });
});
