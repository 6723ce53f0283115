import type { Config } from "#kit/config.ts";
import type { LinkedPeer } from "#protocols/linked-part/index.ts";

/** The key that two provinces share. */
export function linkedKeyOf({ secrets }: Pick<Config, "secrets">, one: string, other: string): string | undefined {
  return one === other ? undefined : secrets.linkedProvinces?.[[one, other].sort().join("|")];
}

/** Where the other province takes messages of this one; undefined when address or key is not configured. */
export function linkedPeerOf(
  config: Pick<Config, "secrets" | "services">,
  tenant: string,
  province: string,
): LinkedPeer | undefined {
  const key = linkedKeyOf(config, tenant, province);
  const portal = config.services.linkedProvinces?.[province]?.portal;
  return key && portal ? { portal, key } : undefined;
}
