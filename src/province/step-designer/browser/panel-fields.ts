/** Controls of the panel, made in the browser with the same classes that the server's pages use. */
import type { Choice } from "./board.ts";

let made = 0;

function group(label: string, control: HTMLElement, hint?: string): HTMLElement {
  made += 1;
  const id = `panel-${made}`;
  control.id = id;
  const box = document.createElement("div");
  box.className = "govuk-form-group";
  const words = document.createElement("label");
  words.className = "govuk-label";
  words.htmlFor = id;
  words.textContent = label;
  box.append(words);
  if (hint) {
    const about = document.createElement("div");
    about.className = "govuk-hint";
    about.id = `${id}-hint`;
    about.textContent = hint;
    control.setAttribute("aria-describedby", about.id);
    box.append(about);
  }
  box.append(control);
  return box;
}

interface Field {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  /** Tells the drawing; named so that focus comes back to it when the panel is drawn again. */
  readonly name: string;
  readonly change: (value: string) => void;
}

export function textControl({ label, hint, value, name, change }: Field & { readonly numeric?: boolean }): HTMLElement {
  const input = document.createElement("input");
  input.className = "govuk-input";
  input.value = value;
  input.maxLength = 200;
  input.dataset["field"] = name;
  if (name === "hours" || name === "duration") input.inputMode = "decimal";
  input.addEventListener("change", () => change(input.value.normalize("NFC").trim()));
  // The panel stands inside the form that saves: Enter means this field, not the whole.
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    change(input.value.normalize("NFC").trim());
  });
  return group(label, input, hint);
}

export function selectControl(field: Field & { readonly choices: readonly Choice[] }): HTMLElement {
  const { label, hint, value, name, choices, change } = field;
  const select = document.createElement("select");
  select.className = "govuk-select";
  select.dataset["field"] = name;
  const known = choices.some((choice) => choice.value === value);
  for (const choice of known ? choices : [{ value, label: value === "" ? "—" : value }, ...choices])
    select.append(new Option(choice.label, choice.value, false, choice.value === value));
  select.addEventListener("change", () => change(select.value));
  return group(label, select, hint);
}

export function checkControl(
  field: Omit<Field, "value" | "change"> & {
    readonly checked: boolean;
    readonly change: (checked: boolean) => void;
  },
): HTMLElement {
  made += 1;
  const id = `panel-${made}`;
  const box = document.createElement("div");
  box.className = "govuk-form-group govuk-checkboxes govuk-checkboxes--small";
  const item = document.createElement("div");
  item.className = "govuk-checkboxes__item";
  const input = document.createElement("input");
  input.type = "checkbox";
  input.className = "govuk-checkboxes__input";
  input.id = id;
  input.checked = field.checked;
  input.dataset["field"] = field.name;
  input.addEventListener("change", () => field.change(input.checked));
  const words = document.createElement("label");
  words.className = "govuk-label govuk-checkboxes__label";
  words.htmlFor = id;
  words.textContent = field.label;
  item.append(input, words);
  box.append(item);
  return box;
}

export function pushButton(label: string, run: () => void, kind: "secondary" | "warning" = "secondary"): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `govuk-button govuk-button--${kind} govuk-button--small`;
  button.textContent = label;
  button.addEventListener("click", run);
  return button;
}

export function heading(text: string): HTMLElement {
  const title = document.createElement("h2");
  title.className = "govuk-heading-s process-panel__title";
  title.textContent = text;
  return title;
}
