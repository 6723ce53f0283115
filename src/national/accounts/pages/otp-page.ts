import { attributes, html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { maskPhone } from "#kit/log.ts";
import { button, details, errorOf, errorSummary, notice, otpField, type PageError } from "#kit/ui/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { type AccountsMessages, messages } from "../messages.ts";
import type { OtpOutcome, ResendOutcome } from "../otp.ts";
import { resendPath } from "../paths.ts";

export type OtpTrouble = Exclude<OtpOutcome, { kind: "ok" }> | { readonly kind: "shape" };

export interface OtpPageProps {
  readonly lang: Lang;
  /** Where the code is posted; "/gui-lai" below it sends another. */
  readonly action: string;
  readonly phone: string;
  /** The message may not have been sent (forgotten password of an account that does not exist): says "if". */
  readonly unsure?: boolean;
  readonly trouble?: OtpTrouble | undefined;
  readonly resent?: ResendOutcome | "limit" | undefined;
  readonly resendInSeconds: number;
  /** The challenge can take no more tries: only starting again helps. */
  readonly closed: boolean;
  readonly startAgain: string;
  readonly offersRegistration?: boolean;
}

export function otpPage(props: OtpPageProps): Html {
  const { lang } = props;
  const t = messages[lang];
  const errors = errorsOf(t, props);
  const failed = errors.length > 0;
  const body = html`${errorSummary(lang, errors)}<h1 class="govuk-heading-l">${t.otpTitle}</h1>
${props.resent === "sent" ? notice({ tone: "success", body: html`<p>${t.otpResent}</p>`, live: true }) : null}
<p class="govuk-body">${props.unsure ? t.otpSentIf : t.otpSent}</p><p class="otp-phone">${maskPhone(props.phone)}</p>
${props.closed ? closedPart(props, t, errors) : openPart(props, t, errors)}
${details(t.otpOther, html`<p>${t.otpOtherText}</p>`)}${details(t.otpLost, html`<p>${t.otpLostText}</p>`)}
${props.offersRegistration ? html`<p class="foot-note">${t.noAccount} <a href="/dang-ky">${t.register}</a></p>` : null}`;
  return nationalPage({
    lang,
    title: t.otpTitle,
    body,
    failed,
    plain: true,
    ...(failed ? {} : { path: props.action }),
  });
}

function openPart(props: OtpPageProps, t: AccountsMessages, errors: readonly PageError[]): Html {
  return html`<form method="post" action="${props.action}" novalidate>${otpField({ id: "otp", lang: props.lang, label: t.otpLabel, hint: t.otpHint, error: errorOf(errors, "otp"), required: true })}
${button({ label: t.otpConfirm, once: true })}</form>
<div class="otp-again"><span>${t.otpResendAsk}</span><form method="post" action="${resendPath(props.action)}"><count-down${attributes({ "data-seconds": props.resendInSeconds, "data-text": countText(t) })}><button class="link-button" type="submit" id="resend">${t.otpResend}</button></count-down></form></div>`;
}

function closedPart(props: OtpPageProps, t: AccountsMessages, errors: readonly PageError[]): Html {
  return html`<p class="govuk-error-message" id="otp">${errorOf(errors, "otp")}</p><p>${button({ label: t.startAgain, href: props.startAgain })}</p>`;
}

/** The sentence with a place for the number, for the browser's countdown. */
function countText(t: AccountsMessages): string {
  return t.otpResendIn(0).replace("0", "{n}");
}

function errorsOf(t: AccountsMessages, props: OtpPageProps): PageError[] {
  if (props.trouble) {
    const { trouble } = props;
    const message = trouble.kind === "wrong" ? t.otpErrors.wrong(trouble.triesLeft) : t.otpErrors[trouble.kind];
    return [{ field: "otp", message }];
  }
  const again: Partial<Record<NonNullable<OtpPageProps["resent"]>, string>> = {
    wait: t.otpErrors.wait(props.resendInSeconds),
    "too-many": t.otpErrors.tooMany,
    limit: t.otpErrors.limit,
    locked: t.otpErrors.locked,
    used: t.otpErrors.used,
    unknown: t.otpErrors.unknown,
  };
  const message = props.resent ? again[props.resent] : undefined;
  return message ? [{ field: "otp", message }] : [];
}
