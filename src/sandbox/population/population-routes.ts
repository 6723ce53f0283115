import type { FastifyInstance } from "fastify";
import { hmacSha256, sameText } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import { fold } from "#kit/vietnamese.ts";
import { type Behaviour, type Control, KINDS_AT } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import { obey } from "../obey.ts";
import type { Entry } from "./demo-population.ts";

/** What the database remembers of a question: who asked, for which service, and what came of it; no person. */
export interface PopulationEvent {
  readonly kind: "asked";
  readonly client: string;
  readonly purpose: string;
  readonly found: boolean;
}

export interface PopulationDeps {
  readonly register: readonly Entry[];
  readonly key: string;
  readonly journal: Journal<PopulationEvent>;
  readonly control: Control;
}

const STAND_IN = "population";
const OTHER_PERSON: readonly Behaviour["kind"][] = KINDS_AT.answer;

/** `POST /dan-cu/tra-cuu`: signed question, signed answer; number, name and birth date must belong together. */
export function populationRoutes(site: FastifyInstance, deps: PopulationDeps): void {
  site.post("/dan-cu/tra-cuu", { config: { csrf: false, api: true } }, async (request, reply) => {
    const query = (request.body ?? {}) as Record<string, unknown>;
    const timestamp = String(request.headers["x-timestamp"] ?? "");
    const signature = hmacSha256(deps.key, `${timestamp}\n${JSON.stringify(query)}`);
    if (!sameText(String(request.headers["x-signature"] ?? ""), signature)) throw new AppError("unauthenticated");
    const answer = await obey(deps.control, STAND_IN, reply, () => {
      const person = find(deps, query);
      deps.journal.append({
        kind: "asked",
        client: String(request.headers["x-client"] ?? ""),
        purpose: String(query["purpose"] ?? ""),
        found: person !== undefined,
      });
      return { requestId: query["requestId"], found: person !== undefined, ...(person ? { person } : {}) };
    });
    if (answer === undefined) return reply;
    const body = JSON.stringify(answer);
    const at = new Date().toISOString();
    return reply
      .headers({ "x-timestamp": at, "x-signature": hmacSha256(deps.key, `${at}\n${body}`) })
      .type("application/json; charset=utf-8")
      .send(body);
  });
}

function find(deps: PopulationDeps, query: Record<string, unknown>): Entry | undefined {
  const entry = deps.register.find((one) => one.identityNumber === query["identityNumber"]);
  if (!entry) return undefined;
  if (deps.control.take(STAND_IN, OTHER_PERSON)) return deps.register.find((one) => one !== entry);
  const sameName = fold(entry.name) === fold(String(query["name"] ?? ""));
  const sameDay = query["birthDate"] === undefined || query["birthDate"] === entry.birthDate;
  return sameName && sameDay ? entry : undefined;
}
