import { formatDate, formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { maskIdentity } from "#kit/mask.ts";
import {
  button,
  checkboxesField,
  dateField,
  emptyState,
  errorOf,
  notice,
  type PageError,
  summaryList,
  table,
  textField,
} from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { type ProgramClient, SCOPES } from "../client.ts";
import { messages } from "../messages.ts";
import type { TypedClient } from "../read-client.ts";

export interface ClientsPageProps extends AdminFramed {
  readonly clients: readonly ProgramClient[];
  readonly typed: TypedClient;
  readonly errors: readonly PageError[];
  /** Address of the described interface. */
  readonly docs: string;
}

/** The programs that may file, and the form that lets another one in. */
export function clientsPage(props: ClientsPageProps): Html {
  const t = messages[props.lang];
  return adminFrame(props, {
    current: "programs",
    title: t.title,
    path: "/quan-tri/ung-dung",
    errors: props.errors,
    body: html`<p class="lead">${t.lead}</p><p><a class="govuk-link" href="${props.docs}">${t.docs}</a></p>${list(props)}${form(props)}`,
  });
}

function list({ lang, clients }: ClientsPageProps): Html {
  const t = messages[lang];
  if (clients.length === 0) return emptyState({ title: t.none, text: t.noneText });
  return table({
    caption: t.title,
    hideCaption: true,
    rows: clients,
    columns: [
      {
        label: t.name,
        head: true,
        cell: ({ name, id }) => html`${name}<br><code class="muted small">${id}</code>`,
      },
      {
        label: t.owner,
        cell: ({ owner }) =>
          html`${owner.name}<br><span class="muted small">${maskIdentity(owner.identityNumber)}</span>`,
      },
      { label: t.scopes, cell: ({ scopes }) => scopes.map((scope) => t.scopeNames[scope]).join(", ") },
      { label: t.since, cell: ({ createdAt }) => formatDate(createdAt) },
      {
        label: t.state,
        cell: ({ id, name, revokedAt }) =>
          revokedAt
            ? html`<span class="muted">${t.revoked(formatDateTime(revokedAt))}</span>`
            : html`${t.active}<form method="post" action="/quan-tri/ung-dung/${id}/thu-hoi">${button({ label: t.revoke, kind: "secondary", small: true, ariaLabel: `${t.revoke}: ${name}` })}</form>`,
      },
    ],
  });
}

function form({ lang, typed, errors }: ClientsPageProps): Html {
  const t = messages[lang];
  const error = (field: string) => errorOf(errors, field);
  const base = { lang, required: true } as const;
  return html`<section aria-labelledby="add"><h2 class="govuk-heading-m" id="add">${t.add}</h2>
<form method="post" action="/quan-tri/ung-dung" novalidate>${textField({ ...base, id: "name", label: t.name, hint: t.nameHint, value: typed.name, maxLength: 200, error: error("name") })}
${textField({ ...base, id: "ownerName", label: t.ownerName, hint: t.ownerNameHint, value: typed.ownerName, error: error("ownerName"), spellcheck: false })}
${textField({ ...base, id: "identityNumber", label: t.identity, value: typed.identityNumber, width: 20, inputMode: "numeric", autocomplete: "off", error: error("identityNumber") })}
${dateField({ ...base, id: "birthDate", label: t.birthDate, value: typed.birthDate, error: error("birthDate") })}
${textField({ id: "phone", lang, required: false, label: t.phone, value: typed.phone, width: 20, inputMode: "tel", error: error("phone") })}
${textField({ id: "email", lang, required: false, label: t.email, value: typed.email, error: error("email") })}
${textField({ id: "address", lang, required: false, label: t.address, value: typed.address, maxLength: 300 })}
${checkboxesField({ ...base, id: "scopes", label: t.scopes, values: typed.scopes, error: error("scopes"), options: SCOPES.map((value) => ({ value, label: t.scopeNames[value] })) })}
${button({ label: t.make, once: true })}</form></section>`;
}

/** The one time that the secret is shown. */
export function madePage(
  props: AdminFramed & { readonly name: string; readonly id: string; readonly secret: string },
): Html {
  const t = messages[props.lang];
  return adminFrame(props, {
    current: "programs",
    title: t.madeTitle,
    width: "narrow",
    body: html`${notice({ tone: "warning", body: html`<p>${t.madeLead}</p>` })}${summaryList([
      { key: t.name, value: props.name },
      { key: t.clientId, value: html`<code>${props.id}</code>` },
      { key: t.secret, value: html`<code>${props.secret}</code>` },
    ])}<p><a class="govuk-link" href="/quan-tri/ung-dung">${t.back}</a></p>`,
  });
}
