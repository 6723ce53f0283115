import type { StartRole } from "../kit/building.ts";
import type { Config } from "../kit/config.ts";

/** The processes of the street. In production each may run on machines of its own, any number of times. */

export interface Role {
  readonly load: () => Promise<StartRole>;
  /** Origins that answer /readyz when the role is ready; none for workers. */
  readonly origins: (config: Config) => readonly string[];
  readonly demoOnly?: true;
}

export const ROLES = {
  sandbox: {
    load: async () => (await import("../sandbox/app.ts")).startWeb,
    origins: (config) => (config.origins.sandbox ? [config.origins.sandbox] : []),
    demoOnly: true,
  },
  "national-web": {
    load: async () => (await import("../national/app.ts")).startWeb,
    origins: (config) => [config.origins.national],
  },
  "national-worker": {
    load: async () => (await import("../national/app.ts")).startWorker,
    origins: () => [],
  },
  "province-web": {
    load: async () => (await import("../province/app.ts")).startWeb,
    origins: (config) => config.origins.provinces.flatMap(({ portal, desk }) => [portal, desk]),
  },
  "province-worker": {
    load: async () => (await import("../province/app.ts")).startWorker,
    origins: () => [],
  },
} as const satisfies Readonly<Record<string, Role>>;

export type RoleName = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];

export function isRole(name: string): name is RoleName {
  return Object.hasOwn(ROLES, name);
}

/** The roles that this configuration runs. */
export function rolesOf(config: Config): RoleName[] {
  return ROLE_NAMES.filter((name) => config.demo || !("demoOnly" in ROLES[name]));
}
