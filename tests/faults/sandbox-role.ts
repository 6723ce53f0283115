/** Every bank and wallet. */
import { loadConfig } from "#kit/config.ts";
import { createLog } from "#kit/log.ts";
import { createSandbox } from "#sandbox/app.ts";

export async function run(role: string): Promise<void> {
  const config = loadConfig();
  const sandbox = await createSandbox({ config, log: createLog(role) });
  await sandbox.start();
  await sandbox.site.listen({ host: "localhost", port: Number(new URL(config.origins.sandbox ?? "").port) });
}
