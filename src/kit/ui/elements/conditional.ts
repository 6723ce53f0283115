/**
 * Questions that depend on answers: takes over from a freshly rendered form what is new or gone, and leaves every control
 * that stays as it is, with what is being typed in it. The server decides what is asked; here is no second rule.
 *
 * Keys: `data-section`, `data-question`. A part that only shows something (`.known`, hidden fields) is replaced.
 */
export function syncQuestions(current: Element, fresh: Element): void {
  const kept = new Map(keyed(current).map((element) => [keyOf(element), element]));
  let before: Element | undefined;
  for (const wanted of keyed(fresh)) {
    const key = keyOf(wanted);
    const own = kept.get(key);
    kept.delete(key);
    const placed = own ? renew(own, wanted) : insert(current, document.importNode(wanted, true), before, wanted);
    before = placed;
  }
  for (const gone of kept.values()) gone.remove();
}

function keyOf(element: Element): string {
  return element.getAttribute("data-section") ?? element.getAttribute("data-question") ?? "";
}

/** The keyed parts that stand directly in this one, however deep the markup between is. */
function keyed(parent: Element): Element[] {
  const found: Element[] = [];
  for (const child of parent.children) {
    if (child.hasAttribute("data-section") || child.hasAttribute("data-question")) found.push(child);
    else found.push(...keyed(child));
  }
  return found;
}

function renew(own: Element, wanted: Element): Element {
  if (own instanceof HTMLInputElement && wanted instanceof HTMLInputElement) {
    own.value = wanted.value;
    return own;
  }
  if (wanted.classList.contains("known")) {
    if (own.innerHTML !== wanted.innerHTML) own.innerHTML = wanted.innerHTML;
    return own;
  }
  const [number, newNumber] = [own.querySelector("[data-number]"), wanted.querySelector("[data-number]")];
  if (number && newNumber && number.textContent !== newNumber.textContent) number.textContent = newNumber.textContent;
  if (keyed(wanted).length > 0 || keyed(own).length > 0) syncQuestions(own, wanted);
  else syncErrors(own, wanted);
  return own;
}

/** Marks what is wrong now and takes the mark from what has been put right; never on the field that is being typed in. */
function syncErrors(own: Element, wanted: Element): void {
  const groups = wanted.querySelectorAll(".govuk-form-group");
  for (const [index, group] of own.querySelectorAll(".govuk-form-group").entries()) {
    const [now, next] = [
      group.querySelector(".govuk-error-message"),
      groups[index]?.querySelector(".govuk-error-message"),
    ];
    if (now?.textContent === next?.textContent) continue;
    if (next && group.contains(document.activeElement)) continue;
    group.classList.toggle("govuk-form-group--error", Boolean(next));
    now?.remove();
    const control = group.querySelector("input:not([type=hidden]), select, textarea");
    const place = group.querySelector(".govuk-radios, .govuk-checkboxes, .govuk-input__wrapper") ?? control;
    if (next) place?.before(document.importNode(next, true));
    const fresh = groups[index]?.querySelector("input:not([type=hidden]), select, textarea");
    if (!control || !fresh) continue;
    for (const name of ["aria-invalid", "aria-describedby", "class"]) {
      const value = fresh.getAttribute(name);
      if (value === null) control.removeAttribute(name);
      else control.setAttribute(name, value);
    }
  }
}

function insert(parent: Element, element: Element, before: Element | undefined, wanted: Element): Element {
  if (before) {
    before.after(element);
    return element;
  }
  const first = keyed(parent)[0];
  if (first) first.before(element);
  else if (wanted.parentElement?.classList.contains("rows")) parent.querySelector(".rows")?.append(element);
  else parent.append(element);
  return element;
}
