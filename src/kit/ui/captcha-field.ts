import type { Captcha } from "../captcha.ts";
import { attributes, html, type Html } from "../html.ts";
import { type Lang, pick } from "../i18n.ts";
import { hiddenField, textField } from "./fields.ts";

const words = {
  vi: {
    label: "Nhập mã xác thực",
    hint: "Nhập các ký tự trong hình, hoặc trả lời câu hỏi này:",
    another: "Đổi mã khác",
    said: "Đã đổi mã. Câu hỏi mới:",
    trap: "Để trống ô này",
  },
  en: {
    label: "Enter the security code",
    hint: "Enter the characters in the picture, or answer this question:",
    another: "Another code",
    said: "There is another code. New question:",
    trap: "Leave this empty",
  },
} as const;

export interface CaptchaFieldProps {
  readonly lang: Lang;
  readonly captcha: Captcha;
  readonly error?: string | undefined;
  /** Address that answers another code as JSON `{ token, picture, question: Text }`; without it there is no button for it. */
  readonly another?: string;
}

/** Picture and question; either answer is right. The field is `captcha`, its token `captchaToken`. */
export function captchaField(props: CaptchaFieldProps): Html {
  const t = words[props.lang];
  const field = textField({
    id: "captcha",
    lang: props.lang,
    label: t.label,
    hint: `${t.hint} ${pick(props.captcha.question, props.lang)}`,
    error: props.error,
    autocomplete: "off",
    spellcheck: false,
    maxLength: 40,
    width: 10,
    required: true,
  });
  return html`<captcha-field${attributes({ class: "captcha", "data-another": props.another, "data-label": t.another, "data-hint": t.hint, "data-said": t.said })}><div class="captcha__frame">${props.captcha.picture}</div>${field}${hiddenField("captchaToken", props.captcha.token)}</captcha-field>`;
}

/** A field that people neither see nor reach; programs that fill in everything give themselves away. */
export function trapField(lang: Lang): Html {
  return html`<div class="trap" aria-hidden="true"><label for="website">${words[lang].trap}</label><input id="website" name="website" tabindex="-1" autocomplete="off" value=""></div>`;
}
