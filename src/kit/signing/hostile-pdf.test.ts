import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectPdf, verifyPdfSignatures } from "./hostile-pdf.ts";

test("files brought by strangers fill their own queue only: who files and who signs goes on", async () => {
  const bytes = Buffer.from("%PDF-1.7 nothing");
  const strangers = Array.from({ length: 8 }, () => verifyPdfSignatures(bytes, { trustedRoots: [], queue: "street" }));
  await assert.rejects(verifyPdfSignatures(bytes, { trustedRoots: [], queue: "street" }), { code: "too-many" });
  assert.ok((await inspectPdf(bytes)).length > 0);
  assert.deepEqual(
    await Promise.all(strangers),
    strangers.map(() => []),
  );
});
