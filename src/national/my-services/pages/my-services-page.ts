import { formatDate } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { formatDong } from "#kit/money.ts";
import { button, emptyState, type IconName, pagination, statusTag, textField, type Tone } from "#kit/ui/index.ts";
import type { DossierListing } from "#national/dossier-index/index.ts";
import { messages } from "../messages.ts";

export interface MyServicesProps {
  readonly lang: Lang;
  readonly text: string;
  readonly dossiers: readonly (DossierListing & { readonly provinceName: string })[];
  readonly next: string | undefined;
}

const LOOKS: Readonly<Record<number, readonly [Tone, IconName]>> = {
  1: ["info", "send"],
  2: ["info", "inbox"],
  3: ["danger", "cross"],
  4: ["info", "clock"],
  5: ["warning", "pen"],
  6: ["warning", "money"],
  7: ["quiet", "stop"],
  8: ["quiet", "stop"],
  9: ["success", "stamp"],
  10: ["success", "check"],
};

export function myServicesPage(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="lead">${t.lead}</p>
<form class="my-services__search" method="get" action="/dich-vu-cong-cua-toi" role="search">
${textField({ id: "q", lang: props.lang, label: t.searchLabel, hint: t.searchHint, type: "search", value: props.text, maxLength: 200 })}
${button({ label: t.search, kind: "secondary" })}
</form>
${props.dossiers.length === 0 ? nothing(props) : list(props)}`;
}

function nothing(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return props.text
    ? emptyState({
        title: t.noMatch,
        text: t.noMatchText,
        action: html`<p><a class="govuk-link" href="/dich-vu-cong-cua-toi">${t.clear}</a></p>`,
      })
    : emptyState({ title: t.none, text: t.noneText });
}

function list(props: MyServicesProps): Html {
  const t = messages[props.lang];
  return html`<h2 class="govuk-heading-m">${t.found}</h2>
<ul class="my-services">${props.dossiers.map((dossier) => card(dossier, props.lang))}</ul>
${props.text ? html`<p><a class="govuk-link" href="/dich-vu-cong-cua-toi">${t.clear}</a></p>` : null}
${pagination(props.lang, { next: props.next })}`;
}

function card(dossier: MyServicesProps["dossiers"][number], lang: Lang): Html {
  const t = messages[lang];
  const [tone, icon] = LOOKS[dossier.status] ?? (["quiet", "file"] as const);
  const facts: [string, string][] = [
    [t.code, dossier.code || t.codeLater],
    [t.number, dossier.number],
    [t.filedAt, formatDate(dossier.filedAt)],
  ];
  if (dossier.returnedAt) facts.push([t.returnedAt, formatDate(dossier.returnedAt)]);
  else if (dossier.dueAt) facts.push([t.dueAt, formatDate(dossier.dueAt)]);
  return html`<li class="my-services__item">
<div class="my-services__head"><h3 class="my-services__name"><a class="govuk-link" href="${dossier.link}">${dossier.procedureName}</a></h3>${statusTag({ tone, icon, label: t.statuses[dossier.status] ?? "" })}</div>
<p class="my-services__where">${dossier.agencyName}, ${dossier.provinceName}</p>
<dl class="my-services__facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${dossier.remark ? html`<p class="my-services__remark"><strong>${t.remark}:</strong> ${dossier.remark}</p>` : null}
<p class="my-services__actions">${dossier.owed > 0 ? button({ label: `${t.pay} (${formatDong(dossier.owed)})`, href: `${dossier.link}/thanh-toan`, small: true }) : null}<a class="govuk-link" href="${dossier.link}">${t.open}<span class="govuk-visually-hidden">: ${dossier.procedureName}, ${t.number} ${dossier.number}</span></a></p>
</li>`;
}
