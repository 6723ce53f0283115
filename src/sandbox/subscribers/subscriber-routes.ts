import type { FastifyInstance } from "fastify";
import { sameText } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import type { Control } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import { obey } from "../obey.ts";
import { checkOwner, type Ownership, type Subscriber } from "./subscriber-register.ts";

/** What the register remembers of a question: the number's last three digits and the answer, no person. */
export type SubscriberEvent = { readonly kind: "asked"; readonly phone: string; readonly owner: Ownership };

export interface SubscriberDeps {
  readonly register: readonly Subscriber[];
  readonly key: string;
  readonly journal: Journal<SubscriberEvent>;
  readonly control: Control;
}

/** `POST /thue-bao/kiem-tra` { phone, identityNumber, name } → { owner: "yes" | "no" | "unknown" }, Bearer key. */
export function subscriberRoutes(site: FastifyInstance, deps: SubscriberDeps): void {
  site.post("/thue-bao/kiem-tra", { config: { csrf: false, api: true } }, async (request, reply) => {
    if (!sameText(request.headers.authorization ?? "", `Bearer ${deps.key}`)) throw new AppError("unauthenticated");
    const { phone, identityNumber, name } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof phone !== "string" || typeof identityNumber !== "string" || typeof name !== "string") {
      throw new AppError("invalid", { message: "phone, identityNumber and name are texts" });
    }
    const owner = await obey(deps.control, "subscriber-register", reply, () => {
      const answer = checkOwner(deps.register, { phone, identityNumber, name });
      deps.journal.append({ kind: "asked", phone: `•••${phone.slice(-3)}`, owner: answer });
      return answer;
    });
    return owner === undefined ? reply : { owner };
  });
}
