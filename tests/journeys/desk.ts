/** What officers do with a dossier, by the labels of their buttons. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { renderPdf } from "#kit/pdf/index.ts";
import { button, go } from "./people.ts";

/** Opens a dossier from the inbox by its number. */
export async function openFromInbox(page: Page, desk: string, number: string): Promise<void> {
  await page.goto(`${desk}/?nhom=unit&q=${number}`);
  await go(page, page.locator("main a[href^='/ho-so/']").first());
  assert.match(await page.locator("main").innerText(), new RegExp(number));
}

/** A PDF that could be a result. */
export function resultPdf(): Buffer {
  return Buffer.from(
    renderPdf({
      template: new URL("./result-sample.typ", import.meta.url),
      title: "Giấy khai sinh",
      author: "UBND thị trấn Bến Cầu",
      date: new Date(),
      data: { name: "Nguyễn Minh Khôi" },
    }),
  );
}

export async function takeIn(page: Page, note: string): Promise<string> {
  await page.getByLabel("Nội dung xử lý").first().fill(note);
  await go(page, button(page, "Lưu"));
  await go(page, button(page, "Ký số"));
  await go(page, button(page, "Tiếp nhận"));
  const code = /000\.[0-9.]+\.H\d{2}-\d{6}-\d{4,}/.exec(await page.locator("main").innerText())?.[0];
  assert.ok(code, `no official code: ${await page.locator("main").innerText()}`);
  return code;
}

export async function passOn(page: Page, officer: string): Promise<void> {
  await go(page, button(page, "Chuyển thụ lý"));
  const to = page.getByLabel("Người thụ lý");
  const option = await to.locator("option", { hasText: officer }).first().getAttribute("value");
  await to.selectOption(option);
  await go(page, button(page, "Chuyển thụ lý"));
}

export async function enterResult(page: Page, number: string): Promise<void> {
  await go(page, button(page, "Nhập kết quả"));
  await page.getByLabel("Số ký hiệu").fill(number);
  await page.getByLabel("Trích yếu").fill("Giấy khai sinh của Nguyễn Minh Khôi");
  await page.getByLabel("Ngày hiệu lực").fill("21/11/2026");
  await page
    .locator("main input[type=file]")
    .setInputFiles({ name: "giay-khai-sinh.pdf", mimeType: "application/pdf", buffer: resultPdf() });
  await go(page, button(page, "Lưu kết quả"));
}

/** Asks for a clearer paper; a reason that helps nobody is refused first. */
export async function askForSupplement(page: Page): Promise<void> {
  await go(page, button(page, "Yêu cầu bổ sung hồ sơ"));
  const paper = page.locator('main input[name="chon"][value^="p-"]').first();
  const key = await paper.getAttribute("value");
  await paper.check();
  // A lone "ABC" helps nobody: refused with advice.
  await page.locator(`main [name="noi-ro-${key}"]`).fill("ABC");
  await go(page, button(page, "Gửi yêu cầu bổ sung"));
  assert.match(await page.locator(".govuk-error-summary").innerText(), /lý do chưa đủ rõ/);
  await page.locator(`main [name="ly-do-${key}"]`).selectOption("blurred");
  await page.locator(`main [name="noi-ro-${key}"]`).fill("Ngày sinh trong ảnh bị lóa, đề nghị chụp lại ở nơi đủ sáng.");
  await go(page, button(page, "Gửi yêu cầu bổ sung"));
  assert.match(await page.locator("main").innerText(), /Đã gửi yêu cầu bổ sung/);
}

/** The citizen's answer: the paper that was asked for, once more. */
export async function answerSupplement(page: Page, portal: string, id: string, scripted: boolean): Promise<void> {
  await page.goto(`${portal}/ho-so/${id}/bo-sung`);
  const paper = {
    name: "giay-chung-sinh-ro.jpg",
    mimeType: "image/jpeg",
    buffer: await page.screenshot({ type: "jpeg" }),
  };
  await page.locator("main input[type=file]").first().setInputFiles(paper);
  // With scripts the file goes up at once; without them it goes with the form.
  if (scripted) await page.getByText("giay-chung-sinh-ro.jpg").first().waitFor();
  await go(page, button(page, "Gửi phần bổ sung"));
  assert.match(await page.locator("main").innerText(), /Đã gửi phần bổ sung/);
}
