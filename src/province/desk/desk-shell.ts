import type { Html } from "#kit/html.ts";
import { html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { headerAction, pageShell } from "#kit/ui/index.ts";
import { themeOf, type Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";

/** Who is signed in, for the header. */
export interface DeskViewer {
  readonly name: string;
  readonly role: keyof (typeof messages)["vi"]["role"];
  /** Reminders not read yet, at most 100. */
  readonly unread?: number;
}

export interface DeskPage {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  readonly viewer?: DeskViewer | undefined;
  /** Address for the language switch; pages after a POST leave it out. */
  readonly path?: string;
  readonly width?: "narrow" | "wide" | "full";
  readonly failed?: boolean;
}

/** Draws a page of one province's desk. */
export type DeskShell = (page: DeskPage) => Html;

/** The pages that are reached from the counter. */
const AT_COUNTER = /^\/(quay|buu-gui|so-theo-doi)/;

export function createDeskShell(tenant: Tenant): DeskShell {
  return (page) => {
    const t = messages[page.lang];
    const { viewer } = page;
    return pageShell({
      lang: page.lang,
      title: page.title,
      brand: {
        owner: tenant.deskName[page.lang],
        tagline: t.tagline,
        home: "/",
        system: "desk",
        contacts: tenant.contacts.slice(0, 1).map((contact) => `${contact.name[page.lang]}: ${contact.phone}`),
      },
      ...(viewer
        ? {
            nav: [
              viewer.role === "administrator"
                ? { href: "/quan-tri", label: t.administration, current: page.path?.startsWith("/quan-tri") === true }
                : { href: "/", label: t.inbox, current: page.path === "/" },
              ...(viewer.role === "administrator"
                ? []
                : [
                    {
                      href: "/nhac-viec",
                      label: t.reminders(viewer.unread ?? 0),
                      current: page.path?.startsWith("/nhac-viec") === true,
                    },
                    { href: "/y-kien", label: t.opinions, current: page.path?.startsWith("/y-kien") === true },
                  ]),
              ...(viewer.role === "leader"
                ? [{ href: "/qua-han", label: t.overdue, current: page.path?.startsWith("/qua-han") === true }]
                : []),
              ...(viewer.role === "one-stop"
                ? [{ href: "/quay", label: t.counter, current: AT_COUNTER.test(page.path ?? "") }]
                : []),
              ...(viewer.role === "one-stop" || viewer.role === "leader"
                ? [
                    { href: "/phan-anh", label: t.feedback, current: page.path?.startsWith("/phan-anh") === true },
                    { href: "/danh-gia", label: t.ratings, current: page.path?.startsWith("/danh-gia") === true },
                  ]
                : []),
              ...(viewer.role === "accountant" || viewer.role === "leader"
                ? [{ href: "/ke-toan", label: t.accounts, current: page.path?.startsWith("/ke-toan") === true }]
                : []),
              ...(viewer.role === "one-stop"
                ? [{ href: "/ke-toan/tien-mat", label: t.cash, current: page.path?.startsWith("/ke-toan") === true }]
                : []),
            ],
            tools: html`<span class="masthead__person">${viewer.name}</span><span class="muted">${t.role[viewer.role]}</span>${headerAction("/dang-xuat", t.signOut)}`,
          }
        : {}),
      ...(page.path ? { path: page.path } : {}),
      ...(page.failed ? { failed: true } : {}),
      noIndex: true,
      width: page.width ?? "full",
      body: page.body,
    });
  };
}

/** Desk ink with the province's accent. */
export function deskTheme(tenant: Tenant): string {
  return `${themeOf(tenant)}.page--desk{--text:#1f2a37}`;
}
