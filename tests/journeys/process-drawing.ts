/** An administrator draws an internal procedure with keys and controls alone, and looks at it as others will. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { Judge } from "./page-judge.ts";
import { button, go } from "./people.ts";

const DRAWN = ".djs-container .djs-shape";

/** The board stands, with the library's sign in full sight. */
async function drawn(page: Page): Promise<void> {
  await page.locator(DRAWN).first().waitFor();
  assert.ok(await page.locator(".bjs-powered-by").isVisible(), "the library's sign is not to be seen");
}

export async function drawProcess(page: Page, judge: Judge, desk: string): Promise<void> {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(`${desk}/quan-tri/quy-trinh`);
  await page.getByLabel("Tên quy trình mới").fill("Quy trình vẽ thử");
  await go(page, button(page, "Tạo"));
  await drawn(page);
  await judge.here("drawing board");

  const panel = page.locator(".process-panel");
  const field = (name: string) => panel.locator(`[data-field="${name}"]`);
  await field("element").selectOption("step");
  await field("hours").fill("4,5");
  await field("hours").press("Enter");
  await panel.getByRole("button", { name: "+ Bước", exact: true }).click();
  await field("name").fill("Ký duyệt");
  await field("role").selectOption("leader");
  await judge.here("drawing board with a step chosen");
  await go(page, button(page, "Lưu bản soạn và kiểm tra"));
  await drawn(page);
  assert.match(await page.locator("main").innerText(), /Không tìm thấy lỗi[\s\S]*Thụ lý[\s\S]*4,5 giờ[\s\S]*Ký duyệt/);
  assert.match(await page.locator("main").innerText(), /một quản trị viên khác phải công bố/);

  // Two ways without a default: the summary has focus and leads to the place, in the list and in the drawing.
  const signing = await field("element").locator("option", { hasText: "Ký duyệt (" }).getAttribute("value");
  await field("element").selectOption(signing);
  await panel.getByRole("button", { name: "+ Rẽ nhánh" }).click();
  await panel.getByRole("button", { name: "+ Kết thúc" }).click();
  await go(page, button(page, "Lưu bản soạn và kiểm tra"));
  await drawn(page);
  const summary = page.locator(".govuk-error-summary");
  assert.match(await summary.innerText(), /Rẽ nhánh[^\n]*chưa có đường mặc định/);
  assert.ok(await summary.evaluate((box) => box === document.activeElement));
  await summary.getByRole("link").first().click();
  assert.match(await field("element").locator("option:checked").innerText(), /Rẽ nhánh/);
  assert.ok(await field("element").evaluate((one) => one === document.activeElement));
  assert.equal(await page.locator(".djs-shape.selected.process-mark--problem").count(), 1);

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("link", { name: "Tải tệp .bpmn" })
      .or(page.getByRole("button", { name: "Tải tệp .bpmn" }))
      .click(),
  ]);
  assert.match(await readFile(await file.path(), "utf8"), /name="Ký duyệt"[^>]*motcua:role="leader"/);
  await page.goto(`${desk}/quan-tri/quy-trinh`);
  await go(page, page.locator("main").getByRole("link", { name: "Quy trình 3 bước cấp xã" }).first());
  await go(page, page.locator("main").getByRole("link", { name: /^Xem/ }).first());
  await drawn(page);
  await judge.here("a published process");
  assert.deepEqual(refused, []);
}
