import type { FindDemoData } from "../../kit/building.ts";
import { type Config, ConfigError, loadConfig } from "../../kit/config.ts";
import { createLog } from "../../kit/log.ts";
import { rolesOf, type RoleName } from "../roles.ts";

/** What production refuses: a missing or demo setting (`loadConfig`), the sandbox, and demo accounts in the databases. */

/** @throws ConfigError listing everything that is wrong at once. */
export async function requireProduction(role?: RoleName): Promise<void> {
  const config = loadConfig();
  if (role && !rolesOf(config).includes(role)) throw new ConfigError([`the role ${role} belongs to the demo only`]);
  const buildings = role ? [role.split("-", 1)[0] as "national" | "province"] : (["national", "province"] as const);
  const found = await Promise.all(buildings.map((building) => demoDataIn(building, config)));
  const problems = found.flat();
  if (problems.length > 0) throw new ConfigError(problems);
}

async function demoDataIn(building: "national" | "province", config: Config): Promise<string[]> {
  const app: object =
    building === "national" ? await import("../../national/app.ts") : await import("../../province/app.ts");
  try {
    const { findDemoData } = app as { findDemoData?: FindDemoData };
    const found = await findDemoData?.({ config, log: createLog("check") });
    return (found ?? []).map((what) => `${building} database: ${what}`);
  } catch (error) {
    return [`${building} database: ${(error as Error).message}`];
  }
}
