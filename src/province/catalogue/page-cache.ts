/**
 * Pages that look the same to everybody who is not signed in, kept as buffers, plain and compressed (brotli 1: 56 µs a page
 * and most of the size). Bounded in number and in age; nothing personal may enter.
 */
import { brotliCompressSync, constants } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sha256 } from "#kit/crypto.ts";
import type { Html } from "#kit/html.ts";

type Page = { readonly plain: Buffer; readonly br: Buffer; readonly etag: string };
type Entry = { readonly until: number; readonly page: Promise<Page> };

export type PageCache = {
  /** Answers with the page of this key, rendering it when it is missing or old. Errors of `render` are not kept. */
  send(request: FastifyRequest, reply: FastifyReply, key: string, render: () => Promise<Html>): Promise<FastifyReply>;
};

export function createPageCache({ maxPages = 400, maxAgeMs = 60_000 }: { maxPages?: number; maxAgeMs?: number } = {}): PageCache {
  const entries = new Map<string, Entry>();

  const pageOf = (key: string, render: () => Promise<Html>): Promise<Page> => {
    const now = Date.now();
    const known = entries.get(key);
    entries.delete(key);
    if (known && known.until > now) {
      entries.set(key, known); // read last, so it leaves last
      return known.page;
    }
    const page = render().then(compressed);
    entries.set(key, { until: now + maxAgeMs, page });
    page.catch(() => entries.delete(key));
    for (const oldest of entries.keys()) {
      if (entries.size <= maxPages) break;
      entries.delete(oldest);
    }
    return page;
  };

  return {
    async send(request, reply, key, render) {
      const page = await pageOf(key, render);
      reply.headers({ "cache-control": "private, no-cache", etag: page.etag, vary: "accept-encoding, cookie" });
      if (request.headers["if-none-match"] === page.etag) return reply.code(304).send();
      reply.type("text/html; charset=utf-8");
      if (!/\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""))) return reply.send(page.plain);
      return reply.header("content-encoding", "br").send(page.br);
    },
  };
}

function compressed({ markup }: Html): Page {
  const plain = Buffer.from(markup);
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
  return { plain, br, etag: `"${sha256(markup).slice(0, 27)}"` };
}
