import type { FailureView } from "#kit/http/index.ts";
import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { type Brand, failureBody, headerAction, pageShell } from "#kit/ui/index.ts";
import { messages } from "./messages.ts";

/** Who looks at the page, for the header. */
export interface Viewer {
  readonly name: string;
}

export interface NationalPageProps {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  readonly viewer?: Viewer | undefined;
  /** Address for the language switch; pages after a POST leave it out. */
  readonly path?: string;
  readonly width?: "narrow" | "wide";
  readonly failed?: boolean;
  readonly description?: string;
  readonly current?: "home" | "search" | "services" | "account";
  /** Steps of signing in and registering show no navigation: nothing leads away by accident. */
  readonly plain?: boolean;
}

/** Owner's accent (design: national red with a thin gold line). */
export const NATIONAL_THEME = ":root{--accent:#9b1c1c;--accent-soft:#fbf1f1;--second:#f2c14e}";

export function nationalPage(props: NationalPageProps): Html {
  const t = messages[props.lang];
  const nav = [
    { href: "/", label: t.home, current: props.current === "home" },
    { href: "/tim-kiem", label: t.search, current: props.current === "search" },
    { href: "/dich-vu-cong-cua-toi", label: t.services, current: props.current === "services" },
  ];
  return pageShell({
    lang: props.lang,
    title: props.title,
    ...(props.description ? { description: props.description } : {}),
    brand: brand(props.lang),
    ...(props.plain ? {} : { nav }),
    tools: tools(props),
    ...(props.path ? { path: props.path } : {}),
    width: props.width ?? "narrow",
    body: props.body,
    failed: props.failed ?? false,
    footLinks: [{ href: "/dieu-khoan", label: t.terms }],
  });
}

export function nationalFailurePage(view: FailureView): Html {
  return nationalPage({ lang: view.lang, title: view.title, body: failureBody(view) });
}

function brand(lang: Lang): Brand {
  const t = messages[lang];
  return { owner: t.owner, tagline: t.tagline, home: "/", system: "national", contacts: [t.contact, t.contactMore] };
}

function tools(props: NationalPageProps): Html {
  const t = messages[props.lang];
  if (props.viewer) {
    return html`<a class="masthead__person" href="/tai-khoan">${props.viewer.name}</a>${headerAction("/dang-xuat", t.signOut)}`;
  }
  return html`<a href="/dang-ky">${t.register}</a><a href="/dang-nhap">${t.signIn}</a>`;
}
