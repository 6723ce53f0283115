import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Text } from "#kit/i18n.ts";
import type { IconName } from "#kit/ui/index.ts";

/** What happens in a life, and the procedures that belong to it in the order they are needed. */
export type LifeEvent = {
  readonly slug: string;
  readonly icon: IconName;
  readonly name: Text;
  readonly text: Text;
  readonly codes: readonly string[];
};

let known: readonly LifeEvent[] | undefined;

/** `procedures/life-events.json`, read once a process. */
export function lifeEvents(): readonly LifeEvent[] {
  known ??= JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../procedures/life-events.json"), "utf8"),
  ) as readonly LifeEvent[];
  return known;
}
