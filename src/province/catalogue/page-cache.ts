/**
 * Pages whose content is the same for everybody. The content is kept for all; the whole page, plain and compressed (brotli
 * 1: 56 µs a page and most of the size), for those who are not signed in. Bounded in number and in age; nothing personal
 * may be part of the content.
 */
import { brotliCompressSync, constants } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sha256 } from "#kit/crypto.ts";
import type { Html } from "#kit/html.ts";

type Page = { readonly plain: Buffer; readonly br: Buffer; readonly etag: string };
type Entry<Content> = { readonly until: number; readonly content: Promise<Content>; page?: Promise<Page> };

export type PageCache<Content> = {
  /** What the page says, loaded when it is missing or old. Errors of `load` are not kept. */
  content(key: string, load: () => Promise<Content>): Promise<Content>;
  /** Answers with the page of somebody who is not signed in; `render` puts the frame around the content. */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    load: () => Promise<Content>,
    render: (content: Content) => Html,
  ): Promise<FastifyReply>;
};

export function createPageCache<Content>({
  maxPages = 400,
  maxAgeMs = 60_000,
}: {
  maxPages?: number;
  maxAgeMs?: number;
} = {}): PageCache<Content> {
  const entries = new Map<string, Entry<Content>>();

  const entryOf = (key: string, load: () => Promise<Content>): Entry<Content> => {
    const now = Date.now();
    const known = entries.get(key);
    entries.delete(key);
    if (known && known.until > now) {
      entries.set(key, known); // read last, so it leaves last
      return known;
    }
    const made: Entry<Content> = { until: now + maxAgeMs, content: load() };
    entries.set(key, made);
    made.content.catch(() => {
      if (entries.get(key) === made) entries.delete(key);
    });
    for (const oldest of entries.keys()) {
      if (entries.size <= maxPages) break;
      entries.delete(oldest);
    }
    return made;
  };

  return {
    content: (key, load) => entryOf(key, load).content,
    async send(request, reply, key, load, render) {
      const entry = entryOf(key, load);
      entry.page ??= entry.content.then((content) => compressed(render(content)));
      const page = await entry.page;
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
  const br = brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
  return { plain, br, etag: `"${sha256(markup).slice(0, 27)}"` };
}
