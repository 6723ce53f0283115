/** How a dossier reaches the office: what time limits and fees depend on. */
export type Way = "online" | "counter" | "post";

/** The door a dossier came in by; fixed on it for ever. */
export type Channel = "national-portal" | "provincial-portal" | "app" | "counter" | "post";

/** Portals and the app are one way of filing, "online", whatever door the person came through. */
export function wayOf(channel: Channel): Way {
  return channel === "counter" || channel === "post" ? channel : "online";
}
