/** How a form says what is wrong: beside the field and in a summary that takes focus; what was typed stays. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** Field id → the message that it must carry. Nothing else may be marked. */
export async function expectFaults(page: Page, faults: Readonly<Record<string, RegExp>>): Promise<void> {
  const summary = page.locator(".govuk-error-summary");
  await summary.waitFor();
  assert.ok(await summary.evaluate((element) => element.contains(document.activeElement)), "the summary has focus");
  assert.match(await page.title(), /^Lỗi: /);
  const links = await summary
    .locator("a")
    .evaluateAll((all) => all.map((one) => [one.getAttribute("href") ?? "", one.textContent?.trim() ?? ""] as const));
  assert.deepEqual(links.map(([href]) => href.slice(1)).sort(), Object.keys(faults).sort(), JSON.stringify(links));
  for (const [href, text] of links) {
    const id = href.slice(1);
    assert.match(text, faults[id] ?? /^$/);
    await summary.locator(`a[href="${href}"]`).first().click();
    const field = await page.evaluate((wanted) => {
      const active = document.activeElement;
      const group = active?.closest(".govuk-form-group");
      const described = (
        active?.getAttribute("aria-describedby") ??
        active?.closest("fieldset")?.getAttribute("aria-describedby") ??
        ""
      ).split(" ");
      return {
        focused: active?.id === wanted || active?.closest(`[id="${wanted}"]`) !== null,
        beside: group?.querySelector(".govuk-error-message")?.textContent ?? "",
        told: described.some((one) => document.getElementById(one)?.classList.contains("govuk-error-message")),
      };
    }, id);
    assert.ok(field.focused, `the summary leads to ${id}`);
    assert.ok(field.beside.includes(text), `beside ${id}: "${field.beside}", not "${text}"`);
    assert.ok(field.told, `a screen reader hears the fault of ${id}`);
  }
}

/** Fills fields by id; answers what they hold after the form came back. */
export async function typeInto(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, value] of Object.entries(values)) await page.locator(`[id="${id}"]`).fill(value);
}

export async function expectTyped(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, value] of Object.entries(values))
    assert.equal(await page.locator(`[id="${id}"]`).inputValue(), value, `what was typed into ${id} is kept`);
}
