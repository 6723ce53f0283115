import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import {
  backLink,
  button,
  emptyState,
  errorOf,
  errorSummary,
  hiddenField,
  notice,
  type PageError,
  radiosField,
  textareaField,
  textField,
} from "#kit/ui/index.ts";
import type { DeskShell, DeskViewer } from "#province/desk/index.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import { messages } from "../messages.ts";
import type { DeliveryOrder, TrackedEvent } from "../order.ts";
import { type HandAct, handActs } from "../order-lifecycle.ts";
import { orderBox, problemWords } from "./order-box.ts";

export interface TypedOrder {
  readonly address: string;
  readonly grams: string;
  readonly pays: string;
  readonly itemCode: string;
}

export interface DossierPostProps {
  readonly shell: DeskShell;
  readonly lang: Lang;
  readonly viewer: DeskViewer;
  readonly dossier: Dossier;
  readonly orders: readonly DeliveryOrder[];
  readonly events: ReadonlyMap<string, readonly TrackedEvent[]>;
  /** May do something about it; others look. */
  readonly mayAct: boolean;
  /** A result may be sent now. */
  readonly maySend: boolean;
  readonly typed: TypedOrder;
  readonly errors: readonly PageError[];
  readonly said: string | undefined;
}

/** The post of one dossier, at the desk. */
export function dossierPostPage(props: DossierPostProps): Html {
  const { lang, dossier, orders, errors } = props;
  const t = messages[lang].desk;
  return props.shell({
    lang,
    title: t.title,
    viewer: props.viewer,
    width: "narrow",
    failed: errors.length > 0,
    ...(errors.length > 0 ? {} : { path: `/ho-so/${dossier.id}/buu-chinh` }),
    body: html`${backLink(lang, `/ho-so/${dossier.id}`, t.back)}${errorSummary(lang, errors)}<h1 class="govuk-heading-l desk-title">${t.title}</h1><p class="muted tabular">${dossier.code ?? dossier.number} · ${dossier.applicant.name}</p>
${props.said ? notice({ tone: "success", live: true, body: html`<p>${props.said}</p>` }) : null}${
  orders.length === 0 && !props.maySend ? emptyState({ title: t.none, text: t.noneText }) : null
}${orders.map((order) => orderBox({ lang, order, events: props.events.get(order.id) ?? [] }, below(props, order)))}
${props.maySend && props.mayAct ? sendForm(props) : null}`,
  });
}

function below(props: DossierPostProps, order: DeliveryOrder): Html {
  const { lang, dossier, mayAct } = props;
  const t = messages[lang].desk;
  const acts = mayAct ? handActs(order) : [];
  const address = `/ho-so/${dossier.id}/buu-chinh`;
  const press = (act: HandAct) =>
    html`<form method="post" action="${address}">${hiddenField("don", order.id)}${hiddenField("viec", act)}${button({ label: t.acts[act], kind: act === "collected" ? undefined : "secondary", small: true, once: true })}</form>`;
  // Given by hand: nobody but the officer can tell the post.
  const tell = order.state === "cancelled" && order.cancelNote && order.itemCode ? "cancelled-by-hand" : null;
  const problem = order.problem ?? tell;
  return html`${problem ? notice({ tone: "warning", body: html`<p>${problemWords(problem, lang)}</p>` }) : null}<div class="post-order__acts">${
    order.itemCode && order.kind === "result" && order.state !== "cancelled"
      ? html`<a class="govuk-button govuk-button--secondary govuk-button--small" href="${address}/${order.id}.pdf" target="_blank" rel="noopener">${t.label}</a>`
      : null
  }${acts.filter((act) => act !== "item-code").map(press)}${
    order.kind === "result" && order.state === "returned"
      ? html`<a class="govuk-link" href="/ho-so/${dossier.id}/ban-giao">${t.handOver}</a>`
      : null
  }</div>${
    acts.includes("item-code")
      ? html`<form method="post" action="${address}" novalidate>${hiddenField("don", order.id)}${hiddenField("viec", "item-code")}${textField({ id: "so-buu-gui", lang, label: t.itemCode, hint: t.itemCodeHint, required: true, value: props.typed.itemCode, width: 20, maxLength: 13, autocomplete: "off", error: errorOf(props.errors, "so-buu-gui") })}${button({ label: t.acts["item-code"], kind: "secondary", small: true })}</form>`
      : null
  }`;
}

function sendForm({ lang, dossier, orders, typed, errors }: DossierPostProps): Html {
  const t = messages[lang];
  const again = orders.some(({ kind }) => kind === "result");
  const error = (field: string) => errorOf(errors, field);
  return html`<section class="section" aria-labelledby="gui"><h2 class="govuk-heading-m" id="gui">${again ? t.desk.newAgainTitle : t.desk.newTitle}</h2>
<form method="post" action="/ho-so/${dossier.id}/buu-chinh" novalidate>${hiddenField("viec", "ordered")}
${textareaField({ id: "dia-chi", lang, label: t.desk.address, required: true, rows: 2, maxLength: 300, value: typed.address, error: error("dia-chi") })}
${textField({ id: "gam", lang, label: t.desk.grams, hint: t.desk.gramsHint, required: true, value: typed.grams, inputMode: "numeric", width: 5, maxLength: 6, error: error("gam") })}
${radiosField({
  id: "tra",
  lang,
  label: t.desk.payer,
  small: true,
  value: typed.pays,
  options: [
    { value: "door", label: sentence(t.pays.door) },
    { value: "hub", label: sentence(t.pays.hub) },
    { value: "agency", label: sentence(t.pays.agency) },
  ],
})}${button({ label: t.desk.send, once: true })}</form></section>`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
