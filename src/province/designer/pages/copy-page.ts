import { formatDateTime } from "#kit/calendar.ts";
import { html, type Html } from "#kit/html.ts";
import { backLink, button, buttonGroup, details, hiddenField, notice, summaryList } from "#kit/ui/index.ts";
import { type AdminFramed, adminFrame } from "#province/admin/index.ts";
import { messages } from "../messages.ts";
import { type CopyFramed, designerFrame, findingList } from "./designer-frame.ts";
import { designerPaths } from "./designer-paths.ts";

/** `/quan-tri/thu-tuc/:code/soan` while nothing is being edited. */
export function noCopyPage(props: AdminFramed & { readonly code: string; readonly name: string }): Html {
  const { lang, code, name } = props;
  const t = messages[lang];
  return adminFrame(props, {
    current: "designer",
    title: `${t.title}: ${name}`,
    path: designerPaths.copy(code),
    body: html`${backLink(lang, `/quan-tri/thu-tuc/${code}`)}<p class="govuk-body"><span class="tabular">${code}</span></p><p class="govuk-body">${t.start.text}</p><form method="post" action="${designerPaths.copy(code)}">${button({ label: t.start.button, once: true })}</form>`,
  });
}

export interface CopyPageProps extends CopyFramed {
  /** The newest published version, when it is not the one that the copy was made from. */
  readonly newer: number | null;
  /** The copy's content is what that version says. */
  readonly published: boolean;
}

/** `/quan-tri/thu-tuc/:code/soan`: how it stands, and what can be done with the whole. */
export function copyPage(props: CopyPageProps): Html {
  const { lang, copy, findings, newer } = props;
  const { code } = copy;
  const t = messages[lang];
  const at = (name: string): string => designerPaths.part(code, name);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  return designerFrame(props, {
    title: copy.definition.shortName?.[lang] || copy.definition.name?.[lang] || code,
    path: designerPaths.copy(code),
    body: html`${newer === null ? null : staleNotice(props, newer)}${summaryList([
      { key: t.procedure, value: html`<a class="govuk-link tabular" href="/quan-tri/thu-tuc/${code}">${code}</a>` },
      { key: t.base, value: copy.baseVersion === null ? t.newOne : String(copy.baseVersion) },
      { key: t.revision, value: String(copy.revision) },
      { key: t.changedBy, value: `${copy.changedName}, ${formatDateTime(copy.changedAt)}` },
    ])}${buttonGroup(
      button({ label: t.actions.propose, href: at("de-xuat") }),
      button({ label: t.actions.preview, kind: "secondary", href: at("xem-thu") }),
      button({ label: t.actions.compare, kind: "secondary", href: at("so-sanh") }),
      button({ label: t.actions.history, kind: "secondary", href: at("lich-su") }),
      button({ label: t.actions.export, kind: "secondary", href: at("xuat") }),
    )}<h2 class="govuk-heading-m">${t.findings.title}</h2>${
      findings.length > 0
        ? html`<p class="govuk-body">${[errors > 0 ? t.findings.errors(errors) : "", warnings > 0 ? t.findings.warnings(warnings) : ""].filter(Boolean).join("; ")}.</p>`
        : null
    }${findingList(lang, code, findings)}${discardForm(props)}`,
  });
}

function staleNotice({ lang, copy, published }: CopyPageProps, newer: number): Html {
  const t = messages[lang];
  if (published)
    return notice({
      tone: "success",
      body: html`<p>${t.published(newer)}</p><form method="post" action="${designerPaths.part(copy.code, "lay-moi")}">${hiddenField("phien-ban", String(newer))}${button({ label: t.start.button, kind: "secondary", once: true })}</form>`,
    });
  return notice({
    tone: "warning",
    body: html`<p>${t.stale(newer)} <a class="govuk-link" href="${designerPaths.part(copy.code, "so-sanh")}">${t.actions.compare}</a></p><form method="post" action="${designerPaths.part(copy.code, "lay-moi")}">${hiddenField("phien-ban", String(newer))}${button({ label: t.staleButton, kind: "secondary", once: true })}</form>`,
  });
}

function discardForm({ lang, copy }: CopyPageProps): Html {
  const t = messages[lang].actions;
  return details(
    t.discard,
    html`<p>${t.discardAbout}</p><form method="post" action="${designerPaths.part(copy.code, "bo")}">${hiddenField("revision", String(copy.revision))}${button({ label: t.discard, kind: "warning", once: true })}</form>`,
  );
}
