import type { FailureView } from "#kit/http/index.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { type Brand, failureBody, headerAction, pageShell } from "#kit/ui/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";

/** Who is signed in, for the header. */
export type Viewer = { readonly name: string };

export type PortalPageProps = {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  readonly description?: string | undefined;
  /** Address for the language switch; pages after a POST leave it out. */
  readonly path?: string | undefined;
  /** narrow for forms and reading (768 px), wide for lists (1100 px). */
  readonly width?: "narrow" | "wide" | undefined;
  readonly current?: "home" | "catalogue" | "account" | "papers" | "transactions" | "notices" | undefined;
  readonly viewer?: Viewer | undefined;
  readonly failed?: boolean | undefined;
  readonly noIndex?: boolean | undefined;
  readonly refreshSeconds?: number | undefined;
  /** More of the document's head: canonical address, preview, structured data. */
  readonly head?: Html | undefined;
};

/** What the frame needs to know of the building besides the province. */
export type PortalFrame = {
  readonly tenant: Tenant;
  /** Origin of the national portal, where accounts are registered. */
  readonly national: string;
};

/** The document around a page of a province's portal: mark, name, navigation, account, contacts. */
export function portalPage(frame: PortalFrame, props: PortalPageProps): Html {
  const { tenant } = frame;
  const { lang } = props;
  const t = messages[lang];
  const account = [
    { href: "/tai-khoan", label: tenant.labels.account[lang], current: props.current === "account" },
    { href: "/giay-to", label: t.papers, current: props.current === "papers" },
    { href: "/giao-dich", label: tenant.labels.transactions[lang], current: props.current === "transactions" },
    { href: "/thong-bao", label: t.notices, current: props.current === "notices" },
  ];
  return pageShell({
    lang,
    title: props.title,
    ...(props.description === undefined ? {} : { description: props.description }),
    brand: brandOf(tenant, lang),
    nav: [
      { href: "/", label: t.home, current: props.current === "home" },
      { href: "/thu-tuc", label: t.catalogue, current: props.current === "catalogue" },
      {
        href: "/huong-dan",
        label: t.guidance,
        current: props.path === "/huong-dan" || props.path?.startsWith("/su-kien") === true,
      },
      ...(props.viewer ? account : [{ href: "/tra-cuu", label: t.lookup, current: props.path === "/tra-cuu" }]),
    ],
    tools: toolsOf(frame, props),
    ...(props.path === undefined ? {} : { path: props.path }),
    width: props.width ?? "narrow",
    body: props.body,
    failed: props.failed ?? false,
    noIndex: props.noIndex ?? false,
    head: props.head,
    ...(props.refreshSeconds === undefined ? {} : { refreshSeconds: props.refreshSeconds }),
  });
}

export function portalFailurePage(frame: PortalFrame, view: FailureView): Html {
  return portalPage(frame, { lang: view.lang, title: view.title, body: failureBody(view), noIndex: true });
}

function brandOf(tenant: Tenant, lang: Lang): Brand {
  const t = messages[lang];
  const hours = tenant.hours.map(({ from, to }) => `${from}\u2060–\u2060${to}`).join(", ");
  return {
    owner: tenant.portalName[lang],
    tagline: t.tagline,
    home: "/",
    system: "portal",
    contacts: [...tenant.contacts.map(({ name, phone }) => t.contact(name[lang], phone)), t.hours(hours)],
  };
}

function toolsOf({ national }: PortalFrame, { lang, viewer }: PortalPageProps): Html {
  const t = messages[lang];
  if (viewer)
    return html`<a class="masthead__person" href="/tai-khoan">${viewer.name}</a>${headerAction("/dang-xuat", t.signOut)}`;
  return html`<a href="${national}/dang-ky">${t.register}</a><a href="/dang-nhap">${t.signIn}</a>`;
}
