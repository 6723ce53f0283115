/** The shortest filing with a fee and a paper (certified copies, 2.000815), as steps: pages, bad input and payments are tried on it. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { answer, button, go } from "./people.ts";

export const CODE = "2.000815";

/** A PDF of one empty page, as a scanner would send it. */
export const SCAN = {
  name: "Bằng tốt nghiệp.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(
    [
      "%PDF-1.4",
      "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj",
      "trailer<</Root 1 0 R/Size 4>>",
      "%%EOF",
      "",
    ].join("\n"),
  ),
};

/** Starts a dossier at the first unit that may receive it; answers the dossier's id. */
export async function start(page: Page, portal: string): Promise<string> {
  await page.goto(`${portal}/thu-tuc/${CODE}/nop`);
  const unit = page.locator("main select").first();
  if ((await unit.count()) > 0) {
    await unit.selectOption({ index: 1 });
    await go(page, page.locator("main button[type=submit]").last());
  }
  const id = /\/ho-so\/([0-9a-f-]{36})\/ke-khai/.exec(page.url())?.[1];
  assert.ok(id, `no dossier was started: ${page.url()}`);
  return id;
}

export const ANSWERS = {
  "documents.r1.documentName": "Bằng tốt nghiệp trung học phổ thông",
  "documents.r1.pages": "3",
  "documents.r1.copies": "2",
  banChinhHopLe: true,
} as const;

export async function next(page: Page): Promise<void> {
  await go(page, button(page, "Tiếp tục"));
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
}

/** Gives the paper; where scripts run the upload starts by itself. */
export async function attach(page: Page, scripted: boolean): Promise<void> {
  await page.locator("main input[type=file]").first().setInputFiles(SCAN);
  if (scripted) await page.getByText("Đã nhận 1 tệp").waitFor();
}

/** From the start to the last look before sending; `each` is called on every page with nothing and with everything filled in. */
export async function fillIn(
  page: Page,
  portal: string,
  each: (where: string) => Promise<void> = async () => undefined,
  scripted = true,
): Promise<string> {
  const id = await start(page, portal);
  await each("form");
  await answer(page, ANSWERS);
  await next(page);
  await each("papers");
  await attach(page, scripted);
  await next(page);
  await each("delivery");
  await next(page);
  await each("check");
  return id;
}
