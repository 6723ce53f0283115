/** What every page of filing has: progress, title, what is saved. */
import type { Html, HtmlValue } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { backLink, button, buttonGroup, steps } from "#kit/ui/index.ts";
import type { FormDefinition } from "#province/forms/index.ts";
import { filingMessages } from "../filing-messages.ts";
import { filingPaths } from "../filing-paths.ts";
import { draftWords, filingWords } from "../officer-words.ts";
import { dossierPaths } from "../paths.ts";
import { draftNotices, type DraftNoticesProps } from "./draft-notices.ts";

export interface FrameProps {
  readonly lang: Lang;
  readonly dossierId: string;
  readonly procedureName: string;
  readonly form: FormDefinition;
  /** A page id of the form, or `papers`, `delivery`, `check`. */
  readonly step: string;
  readonly title: string;
  /** "10:42"; undefined while nothing has been saved. */
  readonly savedAt?: string | undefined;
  /** After "Lưu" or after signing in again. */
  /** `opened`: the first of the questions that the last answers opened. */
  readonly flash?: "saved" | "restored" | { readonly opened: string } | undefined;
  readonly accountLabel: string;
  /** An officer files for somebody at the counter. */
  readonly counter?: boolean | undefined;
  /** What the owner of the draft must know about it. */
  readonly draftState?: DraftNoticesProps | undefined;
  /** The error summary, above the title. */
  readonly summary?: Html | null;
}

/** The address of a step of the filing. */
export function stepHref(form: FormDefinition, dossierId: string, step: string): string {
  if (step === "papers") return filingPaths.papers(dossierId);
  if (step === "delivery") return filingPaths.delivery(dossierId);
  if (step === "check") return filingPaths.check(dossierId);
  return filingPaths.form(dossierId, form.pages.some((page) => page.id === step) ? step : (form.pages[0]?.id ?? ""));
}

/** All steps in order. */
export function stepsOf(form: FormDefinition): readonly string[] {
  return [...form.pages.map((page) => page.id), "papers", "delivery", "check"];
}

export function filingFrame(props: FrameProps, content: HtmlValue): Html {
  const { lang, form } = props;
  const t = filingWords(lang, props.counter);
  const order = stepsOf(form);
  const now = order.indexOf(props.step);
  const before = order[now - 1];
  const label = (step: string): string =>
    step === "papers" || step === "delivery" || step === "check"
      ? t.steps[step]
      : (form.pages.find((page) => page.id === step)?.title[lang] ?? step);
  return html`<div class="filing"><div class="filing__aside">${steps(
    t.steps.label,
    order.map((step, index) => ({
      label: label(step),
      state: index < now ? ("done" as const) : index === now ? ("now" as const) : ("next" as const),
      href: stepHref(form, props.dossierId, step),
    })),
  )}</div><div class="filing__main">${props.summary ?? null}${flashNotice(
    props,
  )}${props.draftState ? draftNotices(lang, props.dossierId, props.draftState, props.counter) : null}${before ? backLink(lang, stepHref(form, props.dossierId, before)) : null}<p class="filing__caption"><span class="filing__at">${t.steps.at(now + 1, order.length)} · </span>${props.procedureName}</p><h1 class="govuk-heading-l">${props.title}</h1>${content}<p class="filing__discard"><a class="govuk-link" href="${filingPaths.discard(props.dossierId)}">${draftWords(lang, props.counter).discard.link}</a></p></div></div>`;
}

function flashNotice({ lang, flash, accountLabel }: FrameProps): Html | null {
  const t = filingMessages[lang];
  if (!flash) return null;
  const words =
    flash === "restored"
      ? t.restored
      : flash === "saved"
        ? html`${t.savedNotice} <a class="govuk-link" href="${dossierPaths.account()}">${accountLabel}</a>.`
        : html`${t.opened} <a class="govuk-link" href="#${flash.opened}">${t.openedLink}</a>`;
  return html`<div class="notice notice--success" role="status"><p>${words}</p></div>`;
}

/** "Tiếp tục" and "Lưu" with the words of what is saved. */
export function frameButtons(lang: Lang, savedAt: string | undefined, nextLabel?: string): Html {
  const t = filingMessages[lang].form;
  return html`<div class="filing__buttons">${buttonGroup(
    button({ label: nextLabel ?? t.next, name: "_action", value: "next" }),
    button({ label: t.save, kind: "secondary", name: "_action", value: "save", noValidate: true }),
  )}<p class="filing__saved" data-saved role="status">${savedAt ? t.saved(savedAt) : t.notSaved}</p></div>`;
}
