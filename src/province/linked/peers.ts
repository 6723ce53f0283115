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

/**
 * Its page of the part, when it lies at the other province's own portal; "" for any other address: what a message says must not
 * lead a citizen who trusts this portal to somewhere else. `portal`: undefined when none is configured.
 */
export function linkWithin(link: string, portal: string | undefined): string {
  if (!portal || !URL.canParse(link) || !URL.canParse(portal)) return "";
  const url = new URL(link);
  return url.origin === new URL(portal).origin && url.username === "" && url.password === "" ? url.href : "";
}
