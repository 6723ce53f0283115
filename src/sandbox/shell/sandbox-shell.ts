import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { pageShell } from "#kit/ui/index.ts";
import { messages } from "../words/index.ts";

export interface SandboxPage {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  /** Which of the sandbox's own pages this is; the payer's pages have no navigation, as the real ones. */
  readonly current?: "control" | "messages" | "bank" | "post";
  readonly path?: string;
  readonly width?: "narrow" | "wide";
  readonly failed?: boolean;
  /** Name of the stand-in whose page this is: "MoMo", "VNPAY". */
  readonly of?: string;
  readonly refreshSeconds?: number;
}

/** Draws a page of the sandbox: violet, with the band that says that this is no money. */
export type SandboxShell = (page: SandboxPage) => Html;

export const SANDBOX_THEME = ":root{--accent:#5b3aa6;--second:#c9b8ec;--accent-soft:#f3effb}";

export const sandboxShell: SandboxShell = (page) => {
  const t = messages[page.lang];
  const items = [
    { href: "/", label: t.navControl, current: page.current === "control" },
    { href: "/bank/chuyen-khoan", label: t.navBank, current: page.current === "bank" },
    { href: "/buu-chinh", label: t.navPost, current: page.current === "post" },
    { href: "/tin-nhan", label: t.navMessages, current: page.current === "messages" },
  ];
  return pageShell({
    lang: page.lang,
    title: page.title,
    brand: {
      owner: page.of ?? t.owner,
      tagline: page.of ? t.standInTagline : t.tagline,
      home: page.of ? "#main" : "/",
      system: "sandbox",
      contacts: [t.notMoney],
    },
    ...(page.of ? {} : { nav: items }),
    ...(page.path ? { path: page.path } : {}),
    ...(page.failed ? { failed: true } : {}),
    ...(page.refreshSeconds ? { refreshSeconds: page.refreshSeconds } : {}),
    noIndex: true,
    width: page.width ?? "wide",
    body: html`<div class="sandbox-ribbon" aria-hidden="true">${t.band}</div>${page.body}`,
  });
};
