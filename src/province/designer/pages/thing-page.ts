import { html, type Html } from "#kit/html.ts";
import { button, details, errorOf, hiddenField, notice, type PageError, textField } from "#kit/ui/index.ts";
import { differenceTable } from "#province/catalogue/index.ts";
import type { Difference } from "#province/catalogue/index.ts";
import { type Content, type Kind, type Place, placeName, type Thing } from "../content.ts";
import type { Inputs } from "../field-values.ts";
import { messages } from "../messages.ts";
import { thingTitle } from "./copy-tree.ts";
import { type CopyFramed, designerFrame, findingList } from "./designer-frame.ts";
import { designerPaths } from "./designer-paths.ts";
import { fieldViews } from "./field-views.ts";

export interface ThingPageProps extends CopyFramed {
  readonly content: Content;
  readonly place: Place;
  readonly thing: Thing;
  readonly inputs: Inputs;
  readonly errors: readonly PageError[];
  /** Somebody else saved the same thing meanwhile: what is stored against what was typed. */
  readonly conflict?: { readonly by: string; readonly differences: readonly Difference[] };
}

/** `/soan/muc/:kind/:id`: one thing with all its parts; one POST saves it. */
export function thingPage(props: ThingPageProps): Html {
  const { lang, copy, place, thing, errors, conflict } = props;
  const t = messages[lang];
  const at = designerPaths.thing(copy.code, place);
  const here = props.findings.filter(({ place: where }) => where?.kind === place.kind && where.id === place.id);
  const single = place.kind === "procedure" || place.kind === "form";
  return designerFrame(props, {
    title: thingTitle(lang, place.kind, place.id, thing),
    current: place,
    errors,
    ...(errors.length === 0 && !conflict ? { path: at } : {}),
    body: html`<p class="designer__kind">${t.kinds[place.kind]}${single ? null : html` · <code>${place.id}</code>`}</p>${
      conflict
        ? notice({
            tone: "warning",
            title: t.conflict.title,
            live: true,
            body: html`<p>${t.conflict.text(conflict.by)}</p>${differenceTable(lang, conflict.differences)}`,
          })
        : null
    }${here.length > 0 ? html`<div class="designer__here">${findingList(lang, copy.code, here)}</div>` : null}<form method="post" action="${at}" class="designer-form" novalidate>${hiddenField("revision", String(copy.revision))}${fieldViews(props)}<div class="designer-form__bar">${button({ label: t.save, once: true })}</div></form>${
      place.kind === "procedure" ? null : orderForm(props)
    }`,
  });
}

function orderForm({ lang, copy, place }: ThingPageProps): Html {
  const t = messages[lang];
  const name = placeName(place);
  const press = (what: string, label: string, kind: "secondary" | "warning" = "secondary"): Html =>
    button({ label, kind, small: true, name: "viec", value: `${what}:${name}` });
  const action = designerPaths.part(copy.code, "viec");
  return html`${
    place.kind === "form"
      ? null
      : html`<move-keys><form method="post" action="${action}" class="designer-order"><span class="govuk-label">${t.order}</span> ${press("len", `↑ ${t.up}`)} ${press("xuong", `↓ ${t.down}`)} <span class="muted small">${t.keys}</span></form></move-keys>`
  }${details(t.remove, html`<p>${t.removeAbout}</p><form method="post" action="${action}">${hiddenField("revision", String(copy.revision))}${press("xoa", t.remove, "warning")}</form>`)}`;
}

export interface AddPageProps extends CopyFramed {
  readonly kind: Kind;
  readonly parent: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly errors: readonly PageError[];
}

/** `/soan/them?loai=item&trong=section`: name it; the rest is asked on its own page. */
export function addPage(props: AddPageProps): Html {
  const { lang, copy, kind, parent, typed, errors } = props;
  const t = messages[lang];
  const field = (id: string, label: string, more: { hint?: string; required?: boolean } = {}): Html =>
    textField({ id, lang, label, value: typed[id] ?? "", error: errorOf(errors, id), maxLength: 1_000, ...more });
  const numbered = kind === "basis";
  return designerFrame(props, {
    title: t.add.title(t.kinds[kind].toLowerCase()),
    errors,
    body: html`<form method="post" action="${designerPaths.part(copy.code, "them")}" class="designer-form" novalidate>${hiddenField("loai", kind)}${hiddenField("trong", parent)}${
      kind === "time" ? null : html`${field("tenVi", t.add.nameVi)}${field("tenEn", t.add.nameEn)}`
    }${kind === "time" || kind === "step" ? null : numbered ? field("ma", t.add.number) : field("ma", t.add.id, { hint: t.add.idHint, required: false })}${button({ label: t.add.button, once: true })}</form>`,
  });
}
