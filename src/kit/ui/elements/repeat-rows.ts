/** "Thêm dòng" and "Xóa dòng" without leaving the page; focus goes where a person would look next. */

/** The action of a pressed row button, `add:documents` or `remove:documents:r2`; undefined for other buttons. */
export function rowAction(event: Event): string | undefined {
  const button = event.target instanceof Element ? event.target.closest("button[name=_action]") : null;
  const value = button?.getAttribute("value") ?? "";
  return /^(?:add|remove):/.test(value) ? value : undefined;
}

export function focusAfterRowAction(form: HTMLFormElement, action: string): void {
  const [kind, section = ""] = action.split(":");
  const rows = form.querySelectorAll<HTMLElement>(`[data-section="${CSS.escape(section)}"] .rows__row`);
  if (kind === "add") {
    rows[rows.length - 1]?.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
    return;
  }
  const place = form.querySelector<HTMLElement>(`[data-section="${CSS.escape(section)}"]`);
  place?.focus();
}
