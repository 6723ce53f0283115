/**
 * One web site of the street (national portal, a province's portal or desk, the sandbox): Fastify with what every page
 * needs: cookies, sessions, forms, security headers, languages, assets, failures. Rooms mount their routes on it.
 */
import { randomUUID } from "node:crypto";
import { constants, brotliCompressSync } from "node:zlib";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import type { Db } from "../db.ts";
import { AppError } from "../errors.ts";
import type { Html } from "../html.ts";
import { isLang, type Lang } from "../i18n.ts";
import type { Log } from "../log.ts";
import { findAsset } from "../ui/assets.ts";
import { sendFailure } from "./failures.ts";
import { parseForm } from "./form.ts";
import { createSessionKeeper, type Session } from "./session.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Every route of this site in the order of mounting (HEAD apart), for the test that asks who may call each. */
    mountedRoutes: readonly MountedRoute[];
  }
  interface FastifyRequest {
    lang: Lang;
    session: Session;
    /** Shown to people with a failure, and in the log. */
    reference: string;
  }
  interface FastifyContextConfig {
    /** false: a call by a program that brings its own signature or token (callbacks, APIs). */
    csrf?: boolean;
    /** true: failures are RFC 9457 problem details whatever the caller accepts. */
    api?: boolean;
  }
}

export interface MountedRoute {
  readonly method: string;
  /** The pattern, as written: "/ho-so/:id". */
  readonly url: string;
}

/** What a failure page is made from; the site gives its own shell. */
export interface FailureView {
  readonly lang: Lang;
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
  readonly reference: string;
  readonly path: string;
}

export interface SiteOptions {
  /** Also the name under which its sessions are kept: "national", "tayninh-portal". */
  readonly name: string;
  readonly origin: string;
  /** Base name of the session cookie: browsers do not tell ports apart, so it names the system. */
  readonly cookie: string;
  /** Where sessions are kept; without it `request.session` may not be used. */
  readonly database?: Db;
  readonly log: Log;
  readonly failurePage: (view: FailureView) => Html;
  /** Other origins to which a form may lead by redirect (sign-in, payment). */
  readonly formActions?: readonly string[];
  /** Largest form body in bytes (files have their own limits); default 1 MiB. */
  readonly bodyLimit?: number;
  /** `:root` custom properties of the owner, served as /theme.css. */
  readonly theme?: string;
  readonly ready?: () => Promise<void>;
  /** Path of the site map that robots.txt names; without it nothing is named. */
  readonly siteMap?: string;
}

export async function createSite(options: SiteOptions): Promise<FastifyInstance> {
  const secure = options.origin.startsWith("https:");
  const headers = securityHeaders(options, secure);
  const site = Fastify({
    loggerInstance: options.log.child({ site: options.name }) as never,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 1_048_576,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    forceCloseConnections: true,
    // Over https there is a proxy before us: its word about the caller's address counts, nobody else's. Without it every
    // visitor would have the proxy's address, and one person's failures would slow everybody.
    trustProxy: secure ? ["loopback", "linklocal", "uniquelocal"] : false,
    // Our own id, never the caller's: it is shown to people and written to the log.
    genReqId: () => randomUUID(),
    // An address that cannot be read reaches no hook and no route: it gets its page and its headers here.
    frameworkErrors: (error, request, reply) => {
      const asked = request as unknown as FastifyRequest;
      asked.reference = request.id.slice(0, 8);
      const unreadable = new AppError("not-found", { message: "an address that cannot be read", cause: error });
      sendFailure(options, unreadable, asked, reply.headers(headers) as unknown as FastifyReply);
    },
  }) as unknown as FastifyInstance;
  listRoutes(site);
  await site.register(cookie);
  await site.register(multipart, {
    limits: { files: 20, fileSize: 25_000_000, fields: 400, fieldSize: 100_000, parts: 420 },
  });
  site.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, parseForm(body as string)),
  );
  site.decorateRequest("lang", "vi");
  site.decorateRequest("reference", "");
  site.decorateRequest("session", null as never);
  protect(site, options, headers);
  keepSessions(site, options, secure);
  site.addHook("onSend", finish);
  site.setErrorHandler((error, request, reply) => sendFailure(options, error, request, reply));
  site.setNotFoundHandler((request, reply) =>
    sendFailure(options, new AppError("not-found", { message: "no such page" }), request, reply),
  );
  addOwnRoutes(site, options);
  return site;
}

function listRoutes(site: FastifyInstance): void {
  const mounted: MountedRoute[] = [];
  site.decorate("mountedRoutes", mounted);
  site.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) if (one !== "HEAD") mounted.push({ method: one, url });
  });
}

/** Headers of every answer, failures and downloads included. */
function securityHeaders(options: SiteOptions, secure: boolean): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Chromium applies form-action to every redirect after a form: the origins a form may end at must be named.
    `form-action 'self' ${(options.formActions ?? []).join(" ")}`.trim(),
  ].join("; ");
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(self), payment=()",
    ...(secure ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

function protect(site: FastifyInstance, options: SiteOptions, headers: Record<string, string>): void {
  site.addHook("onRequest", async (request, reply) => {
    request.reference = request.id.slice(0, 8);
    reply.headers(headers);
    // PostgreSQL's text cannot hold it, and no address of ours does.
    if (request.url.includes("%00")) throw new AppError("not-found", { message: "a NUL in the address" });
    if (request.routeOptions.config.api !== true) keepFirstValues(request.query as Record<string, unknown>);
    if (
      !isSafeMethod(request.method) &&
      request.routeOptions.config.csrf !== false &&
      !isSameOrigin(request, options.origin)
    ) {
      throw new AppError("forbidden", { reason: "other-site", message: "a form of another site" });
    }
  });
}

/** No link of ours says a name twice: the first value counts, so that no page meets a list where it expects a text. */
function keepFirstValues(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) if (Array.isArray(value)) query[name] = value[0];
}

function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * Cross-site request forgery: browsers say where a request comes from (Fetch Metadata, else Origin). Cookies are
 * SameSite=Lax besides, but ports of one host are one site, so the origin itself is compared.
 */
function isSameOrigin(request: FastifyRequest, origin: string): boolean {
  const fetchSite = request.headers["sec-fetch-site"];
  if (typeof fetchSite === "string") return fetchSite === "same-origin" || fetchSite === "none";
  return request.headers.origin === origin;
}

function keepSessions(site: FastifyInstance, options: SiteOptions, secure: boolean): void {
  const keeper = options.database
    ? createSessionKeeper({ database: options.database, site: options.name, cookie: options.cookie, secure })
    : undefined;
  site.addHook("onRequest", async (request, reply) => {
    const asked = (request.query as Record<string, unknown>)["lang"];
    const kept = request.cookies["lang"];
    request.lang = isLang(asked) ? asked : isLang(kept) ? kept : "vi";
    if (isLang(asked) && asked !== kept) {
      reply.setCookie("lang", asked, { path: "/", sameSite: "lax", httpOnly: true, secure, maxAge: 31_536_000 });
    }
    if (keeper && !request.url.startsWith("/assets/")) request.session = await keeper.load(request);
  });
  if (keeper) {
    // Before the answer leaves: a redirect that arrives earlier than its session would find nothing.
    site.addHook("onSend", async (request, reply, payload) => {
      if (request.session) await keeper.save(request, reply);
      return payload;
    });
  }
}

const COMPRESS_FROM = 1_000;

async function finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  // What names no rule of its own (short answers to programs of ours) is kept by nobody either.
  if (!reply.getHeader("cache-control")) reply.header("cache-control", "no-store");
  const type = String(reply.getHeader("content-type") ?? "");
  if (typeof payload !== "string" || payload.length < COMPRESS_FROM || reply.getHeader("content-encoding"))
    return payload;
  if (!/^(text\/|application\/(json|problem\+json|javascript))/.test(type)) return payload;
  reply.header("vary", "accept-encoding, cookie");
  if (!/\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""))) return payload;
  reply.header("content-encoding", "br");
  reply.removeHeader("content-length");
  return brotliCompressSync(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}

function addOwnRoutes(site: FastifyInstance, options: SiteOptions): void {
  site.get("/healthz", async () => ({ ok: true }));
  site.get("/readyz", async (_request, reply) => {
    try {
      await options.ready?.();
      return { ok: true };
    } catch (error) {
      options.log.warn({ err: error }, "not ready");
      return reply.code(503).send({ ok: false });
    }
  });
  site.get("/theme.css", async (_request, reply) =>
    reply
      .header("cache-control", "public, max-age=3600")
      .type("text/css; charset=utf-8")
      .send(options.theme ?? ""),
  );
  site.get<{ Params: { "*": string } }>("/assets/*", async (request, reply) => {
    const asset = findAsset(request.params["*"]);
    if (!asset) throw new AppError("not-found");
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .type(asset.type)
      .header("vary", "accept-encoding");
    if (asset.br && /\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""))) {
      return reply.header("content-encoding", "br").send(asset.br);
    }
    return reply.send(asset.body);
  });
  site.get("/favicon.ico", async (_request, reply) => reply.redirect("/assets/mark.svg", 302));
  site.get("/robots.txt", async (_request, reply) =>
    reply
      .type("text/plain; charset=utf-8")
      .send(`User-agent: *\nAllow: /\n${options.siteMap ? `Sitemap: ${options.origin}${options.siteMap}\n` : ""}`),
  );
}

/** Sends a page. Pages with personal data are never cached by anybody. */
export function sendPage(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  if (!reply.getHeader("cache-control")) reply.header("cache-control", "no-store");
  return reply.code(status).type("text/html; charset=utf-8").send(page.markup);
}

/** POST → redirect → GET. Only paths of our own site, or a full address that the caller built from configuration. */
export function seeOther(reply: FastifyReply, location: string): FastifyReply {
  // A header takes no other letters: parameters of the address may have come decoded.
  const fit = /^[\x21-\x7e]*$/.test(location) ? location : encodeURI(location.toWellFormed());
  return reply.header("cache-control", "no-store").redirect(fit, 303);
}

/** A path of our own site that came from outside (return address after sign-in), or the fallback. */
export function safePath(path: unknown, fallback: string): string {
  if (typeof path !== "string" || path.length > 500) return fallback;
  // "//host" and "/\host" lead to other hosts.
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : fallback;
}
