import type { FastifyInstance } from "fastify";
import { openJson } from "#kit/crypto.ts";
import { type Config, loadConfig } from "#kit/config.ts";
import type { Database } from "#kit/db.ts";
import { demoSubscribers } from "#kit/demo.ts";
import { createLog } from "#kit/log.ts";
import { createNationalWeb } from "#national/app.ts";
import { seedDemoAccounts } from "#national/accounts/index.ts";
import { fold } from "#kit/vietnamese.ts";
import { type TestDatabase, withAdmin, withDatabase } from "./database.ts";
import { Visitor } from "./visitor.ts";

/** The national portal on a fresh database, with the demo's citizens and a register that knows the demo's subscribers. */
export interface TestNational {
  readonly site: FastifyInstance;
  readonly database: Database;
  readonly place: TestDatabase;
  readonly config: Config;
  visitor(network?: string): Visitor;
  /** Messages waiting to be sent, newest first, opened. */
  messages(): Promise<{ to: string; text: string }[]>;
  /** The newest code sent to a phone. */
  codeFor(phone: string): Promise<string>;
  registerDown: boolean;
}

export async function withNational(
  work: (national: TestNational) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  await withDatabase("national", async (database, place) => {
    const config = loadConfig({ PORT: "18080", ...env });
    const log = createLog("test");
    log.level = "silent";
    const national: TestNational = {
      site: undefined as never,
      database,
      place,
      config,
      registerDown: false,
      visitor: (network) => new Visitor(national.site, config.origins.national, network),
      async messages() {
        const { rows } = await withAdmin(place, (client) =>
          client.query<{ payload: { sealed: string } }>(
            "select payload from job where queue = 'send-message' order by id desc",
          ),
        );
        return rows.map(
          (row) =>
            openJson(config.secrets.dataKeys.national, "national:message", row.payload.sealed) as {
              to: string;
              text: string;
            },
        );
      },
      async codeFor(phone) {
        const sms = (await national.messages()).find((message) => message.to === phone);
        return /\b\d{6}\b/.exec(sms?.text ?? "")?.[0] ?? "";
      },
    };
    const site = await createNationalWeb({
      config,
      log,
      database,
      async subscriberRegister(query) {
        if (national.registerDown) throw new (await import("#kit/errors.ts")).AppError("unavailable");
        const known = demoSubscribers.find((one) => one.phone === query.phone);
        if (!known) return { owner: "unknown" };
        return {
          owner: known.identityNumber === query.identityNumber && fold(known.name) === fold(query.name) ? "yes" : "no",
        };
      },
    });
    Object.assign(national, { site });
    await seedDemoAccounts(database);
    try {
      await work(national);
    } finally {
      await site.close();
    }
  });
}
