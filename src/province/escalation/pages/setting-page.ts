import { html, type Html } from "#kit/html.ts";
import { button, checkboxesField, errorOf, type PageError, textField } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { messages } from "../messages.ts";

export interface TypedSetting {
  readonly warn: readonly string[];
  readonly digest: readonly string[];
  readonly digestAt: string;
}

/** `/quan-tri/nhac-han`: what the province's officers are told and when. */
export function settingPage(
  props: AdminFramed & { readonly typed: TypedSetting; readonly errors: readonly PageError[] },
): Html {
  const { lang, typed, errors } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "limits",
    title: t.settings,
    errors,
    width: "narrow",
    ...(errors.length > 0 ? {} : { path: "/quan-tri/nhac-han" }),
    body: html`<p class="lead">${t.settingsLead}</p><form method="post" action="/quan-tri/nhac-han" novalidate>${checkboxesField(
      {
        id: "warn",
        lang,
        label: t.warn,
        options: [
          { value: "half", label: t.warnHalf },
          { value: "fifth", label: t.warnFifth },
        ],
        values: typed.warn,
      },
    )}${checkboxesField({ id: "digest", lang, label: t.digest, options: [{ value: "yes", label: t.digestOn }], values: typed.digest })}${textField({ id: "digestAt", lang, label: t.digestAt, hint: t.digestHint, required: true, width: 5, maxLength: 5, value: typed.digestAt, error: errorOf(errors, "digestAt") })}${button({ label: t.save })}</form>`,
  });
}
