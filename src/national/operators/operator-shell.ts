import { html, type Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { headerAction, pageShell } from "#kit/ui/index.ts";
import { messages } from "./messages.ts";
import type { Operator } from "./operator.ts";
import { operatorPaths } from "./paths.ts";

export interface OperatorPage {
  readonly lang: Lang;
  readonly title: string;
  readonly body: Html;
  readonly operator?: Operator | undefined;
  /** Address for the language switch; pages after a POST leave it out. */
  readonly path?: string;
  readonly width?: "narrow" | "wide" | "full";
  readonly failed?: boolean;
  readonly current?: "takings" | "refunds" | "transfers" | "disputes" | "reconciliation" | "trialBalance";
}

/** The frame around every operator's page: no index for search engines, navigation only for who is signed in. */
export function operatorPage(props: OperatorPage): Html {
  const t = messages[props.lang];
  const places = [
    ["takings", operatorPaths.home],
    ["refunds", operatorPaths.refunds],
    ["transfers", operatorPaths.transfers],
    ["disputes", operatorPaths.disputes],
    ["reconciliation", operatorPaths.reconciliation],
    ["trialBalance", operatorPaths.trialBalance],
  ] as const;
  return pageShell({
    lang: props.lang,
    title: props.title,
    brand: { owner: t.owner, tagline: t.tagline, home: operatorPaths.home, system: "desk" },
    ...(props.operator
      ? {
          nav: places.map(([name, href]) => ({ href, label: t[name], current: props.current === name })),
          tools: html`<span class="masthead__person">${props.operator.name}</span>${headerAction(operatorPaths.signOut, t.signOut)}`,
        }
      : {}),
    ...(props.path ? { path: props.path } : {}),
    failed: props.failed ?? false,
    noIndex: true,
    width: props.width ?? "wide",
    body: props.body,
  });
}
