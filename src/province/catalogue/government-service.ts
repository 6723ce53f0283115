import type { Lang } from "#kit/i18n.ts";
import type { ProcedureDefinition } from "#province/procedure/index.ts";
import type { OfferingAgency } from "./catalogue-view.ts";
import { cataloguePaths } from "./paths.ts";

/** A procedure as schema.org GovernmentService (https://schema.org/GovernmentService), for search engines. */
export function governmentService(
  procedure: ProcedureDefinition,
  place: {
    readonly lang: Lang;
    readonly origin: string;
    readonly provinceName: string;
    readonly agencies: readonly OfferingAgency[];
  },
): Record<string, unknown> {
  const { lang, origin } = place;
  const first = place.agencies[0];
  return {
    "@type": "GovernmentService",
    name: procedure.name[lang],
    alternateName: procedure.shortName[lang],
    description: procedure.summary[lang],
    identifier: procedure.code,
    serviceType: procedure.field.name[lang],
    url: `${origin}${cataloguePaths.procedure(procedure.code)}`,
    areaServed: { "@type": "AdministrativeArea", name: place.provinceName },
    // One office, or the province when many offer it: their list is on the page.
    serviceOperator: {
      "@type": "GovernmentOrganization",
      name: first ? (place.agencies.length === 1 ? first.name[lang] : place.provinceName) : procedure.issuer[lang],
      ...(place.agencies.length === 1 && first?.phone ? { telephone: first.phone } : {}),
    },
    ...(procedure.audience.length > 0
      ? { audience: procedure.audience.map((who) => ({ "@type": "Audience", audienceType: who[lang] })) }
      : {}),
    ...(procedure.fileable
      ? {
          availableChannel: {
            "@type": "ServiceChannel",
            serviceUrl: `${origin}${cataloguePaths.file(procedure.code)}`,
            availableLanguage: ["vi", "en"],
          },
        }
      : {}),
  };
}
