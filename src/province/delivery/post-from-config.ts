import type { Config } from "#kit/config.ts";
import { type PublicPost, publicPostAt } from "#protocols/post/index.ts";

/** The public post as a province reaches it; undefined when it is not connected, and orders are given by hand. */
export function postFromConfig({ services, secrets }: Config, tenant: string): PublicPost | undefined {
  const own = secrets.post?.[tenant];
  return services.post && own ? publicPostAt({ url: services.post.url, ...own }) : undefined;
}
