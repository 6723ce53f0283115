import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  summaryList,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from "#province/forms/index.ts";
import type { Handover } from "../handover-store.ts";
import { messages } from "../messages.ts";

export interface TypedHandover {
  readonly name: string;
  readonly identity: string;
  readonly authorisation: string;
  readonly strokes: string;
}

/** Who takes the result, and the hand that says so. */
export function handoverPage(props: {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly handover: Handover | undefined;
  /** May be handed over now. */
  readonly ready: boolean;
  readonly typed: TypedHandover;
  readonly errors: readonly PageError[];
}): Html {
  const { lang, dossier, handover, errors } = props;
  const t = messages[lang];
  return props.shell({
    lang,
    title: handover ? t.done : t.title,
    viewer: props.viewer,
    width: "narrow",
    failed: errors.length > 0,
    ...(errors.length > 0 ? {} : { path: `/ho-so/${dossier.id}/ban-giao` }),
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${handover ? t.done : t.title}</h1><p class="muted tabular">${dossier.code ?? ""} · ${dossier.applicant.name}</p>
${handover ? handedOver(handover, dossier, lang) : props.ready ? form(props, lang) : notice({ tone: "warning", body: html`<p>${t.notReady}</p>` })}`,
  });
}

function handedOver(handover: Handover, dossier: Dossier, lang: Lang): Html {
  const t = messages[lang];
  const picture = handover.signatureSha256
    ? html`<img src="/ho-so/${dossier.id}/ban-giao/chu-ky.png" width="300" height="100" alt="${t.picture(handover.receiverName)}">`
    : t.onPaper;
  return summaryList([
    { key: t.rows.to, value: handover.receiverName },
    {
      key: t.rows.identity,
      value: `${handover.receiverIdentity.slice(0, 3)}•••••${handover.receiverIdentity.slice(-4)}`,
    },
    ...(handover.authorisation ? [{ key: t.rows.paper, value: handover.authorisation }] : []),
    { key: t.rows.by, value: handover.officer },
    { key: t.rows.at, value: formatDateTime(handover.handedAt) },
    { key: t.signature, value: picture },
  ]);
}

function form(
  {
    dossier,
    typed,
    errors,
  }: { readonly dossier: Dossier; readonly typed: TypedHandover; readonly errors: readonly PageError[] },
  lang: Lang,
): Html {
  const t = messages[lang];
  const error = (field: string) => errorOf(errors, field);
  return html`<p class="govuk-body">${t.lead}</p><form method="post" action="/ho-so/${dossier.id}/ban-giao" novalidate>${hiddenField("version", String(dossier.version))}
${textField({ id: "name", lang, label: t.name, required: true, value: typed.name, maxLength: 100, autocomplete: "off", error: error("name") })}
${textField({ id: "identity", lang, label: t.identity, required: true, value: typed.identity, inputMode: "numeric", width: 20, maxLength: 15, autocomplete: "off", error: error("identity") })}
${textField({ id: "authorisation", lang, label: t.authorisation, hint: t.authorisationHint, required: false, value: typed.authorisation, maxLength: 200, autocomplete: "off", error: error("authorisation") })}
<div class="govuk-form-group" id="strokes"><p class="govuk-label">${t.signature}</p>${error("strokes") ? html`<p class="govuk-error-message">${error("strokes")}</p>` : null}<signature-pad data-draw="${t.draw}" data-clear="${t.clear}" data-signed="${t.signed}" data-width="${SIGNATURE_WIDTH}" data-height="${SIGNATURE_HEIGHT}">${hiddenField("strokes", typed.strokes)}</signature-pad></div>
${button({ label: t.confirm, once: true })}</form>`;
}
