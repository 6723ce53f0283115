/** The provider under /oidc, and the journeys (interactions) it starts. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLang, type Lang } from "#kit/i18n.ts";
import type { Oidc } from "./oidc-provider.ts";
import { PORTAL_SESSION } from "./oidc-provider.ts";
import { JOURNEY_BASE, paths } from "./paths.ts";
import type { SignedIn } from "./signed-in.ts";

/** A sign-in that a relying party asked for, as the pages see it. */
export interface Journey {
  readonly base: string;
  readonly goingTo: string | undefined;
  /** The party asked for a fresh sign-in (prompt=login, max_age): an open session is not enough. */
  readonly fresh: boolean;
  /** Language of the page the person came from (ui_locales). */
  readonly lang: Lang | undefined;
}

export interface Journeys {
  /** Undefined when it is over, or another browser's. */
  readonly find: (request: FastifyRequest, reply: FastifyReply) => Promise<Journey | undefined>;
  /** Hands the person to the provider and answers where the browser goes next. */
  readonly finish: (request: FastifyRequest, reply: FastifyReply, person: SignedIn) => Promise<string>;
}

/** Reasons that an open session of the portal answers by itself. */
const ANSWERED_BY_SESSION: ReadonlySet<string> = new Set(["no_session", PORTAL_SESSION]);

export async function mountOidc(site: FastifyInstance, oidc: Oidc): Promise<void> {
  const answer = oidc.provider.callback();
  const issuer = new URL(oidc.provider.issuer);
  await site.register(async (scope) => {
    // The provider reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    scope.all(`${paths.oidc}/*`, { config: { csrf: false } }, async (request, reply) => {
      // Its forms carry their own token, and its other endpoints are called by programs.
      oidc.requests.set(request.raw, request);
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.raw.setHeader("cache-control", "no-store");
      const raw = request.raw as IncomingMessage & { originalUrl?: string };
      raw.originalUrl = raw.url ?? "";
      raw.url = (raw.url ?? "").slice(paths.oidc.length);
      // It writes addresses of its own from the caller's word for this host: the configured one counts.
      raw.headers.host = issuer.host;
      raw.headers["x-forwarded-host"] = issuer.host;
      raw.headers["x-forwarded-proto"] = issuer.protocol.slice(0, -1);
      await answer(raw, reply.raw);
    });
  });
}

export function journeysOf({ provider }: Oidc): Journeys {
  const details = async (request: FastifyRequest, reply: FastifyReply) => {
    try {
      const found = await provider.interactionDetails(request.raw, reply.raw);
      return found.uid === (request.params as { uid?: string }).uid ? found : undefined;
    } catch {
      // Its cookie is missing or the journey has expired: one answer for both.
      return undefined;
    }
  };
  return {
    async find(request, reply) {
      const found = await details(request, reply);
      if (!found) return undefined;
      const client = await provider.Client.find(String(found.params["client_id"]));
      return {
        base: `${JOURNEY_BASE}/${found.uid}`,
        goingTo: client?.clientName,
        lang: String(found.params["ui_locales"] ?? "")
          .split(" ")
          .find(isLang),
        fresh:
          found.prompt.name === "login" && !found.prompt.reasons.every((reason) => ANSWERED_BY_SESSION.has(reason)),
      };
    },
    async finish(request, reply, person) {
      const found = await details(request, reply);
      if (!found) return paths.account;
      if (found.prompt.name === "consent") return provider.interactionResult(request.raw, reply.raw, { consent: {} });
      if (found.session && found.session.accountId !== person.account.id) {
        // Another person was signed in before in this browser: their session at the provider ends here.
        await (await provider.Session.findByUid(found.session.uid))?.destroy();
        delete found.session;
        await found.save(found.exp - Math.floor(Date.now() / 1_000));
      }
      return provider.interactionResult(request.raw, reply.raw, {
        login: {
          accountId: person.account.id,
          acr: `urn:dvcqg:ial${person.account.assurance}`,
          amr: ["pwd", "otp"],
          // The provider's session lasts as long as the browser's, like the portal's own.
          remember: false,
          ts: Math.floor(person.since.getTime() / 1_000),
        },
      });
    },
  };
}
