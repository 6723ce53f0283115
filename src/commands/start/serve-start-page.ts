import { Secret, TOTP } from "otpauth";
import type { Config } from "../../kit/config.ts";
import { demoOfficers, demoOperators } from "../../kit/demo.ts";
import { createSite, sendPage } from "../../kit/http/index.ts";
import { createLog } from "../../kit/log.ts";
import { failureBody, pageShell } from "../../kit/ui/index.ts";
import { type SentMessage, startBrand, startPage } from "./pages/start-page.ts";
import { streetDocument } from "./street-document.ts";
import type { ProcessFact } from "./supervisor.ts";

/** The start page on PORT: for people at `/`, for programs at `/.well-known/motcua.json`. Demo mode only. */

export interface StartPage {
  stop(): Promise<void>;
}

const MESSAGES_SHOWN = 8;

export async function serveStartPage(options: { config: Config; processes: () => ProcessFact[] }): Promise<StartPage> {
  const { config, processes } = options;
  const log = createLog("start-page");
  log.level = "warn"; // the terminal belongs to the people who started us
  const site = await createSite({
    name: "start",
    origin: config.origins.start,
    cookie: "motcua_start",
    log,
    failurePage: (view) =>
      pageShell({
        lang: view.lang,
        title: view.title,
        brand: startBrand(view.lang),
        body: failureBody(view),
        noIndex: true,
      }),
  });
  site.get("/", async (request, reply) =>
    sendPage(
      reply,
      startPage({
        lang: request.lang,
        origins: config.origins,
        processes: processes(),
        messages: await latestMessages(config),
        codes: currentCodes(),
      }),
    ),
  );
  site.get("/.well-known/motcua.json", { config: { api: true } }, async (_request, reply) =>
    reply.header("cache-control", "no-store").send(streetDocument(config, processes())),
  );
  await site.listen({ host: "localhost", port: config.port });
  return { stop: () => site.close() };
}

/** undefined when the sandbox does not answer: the page says so and shows the rest. */
async function latestMessages(config: Config): Promise<SentMessage[] | undefined> {
  try {
    const answer = await fetch(`${config.origins.sandbox}/messages?limit=${MESSAGES_SHOWN}`, {
      signal: AbortSignal.timeout(1_500),
    });
    return answer.ok ? ((await answer.json()) as SentMessage[]).slice(0, MESSAGES_SHOWN) : undefined;
  } catch {
    return undefined;
  }
}

function currentCodes(): Map<string, string> {
  return new Map(
    [...demoOfficers, ...demoOperators].map(({ username, totpSecret }) => [
      username,
      new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate(),
    ]),
  );
}
