import { AppError } from "#kit/errors.ts";
import { isPopulationAnswer, type PopulationAnswer, type PopulationQuery } from "./messages.ts";
import { askSigned } from "#kit/signed-call.ts";

/** Somebody waits before the page meanwhile, and the question can simply be asked instead. */
const TIMEOUT_MS = 4_000;
const ANSWER_MAX = 64 * 1_024;

export interface PopulationEndpoint {
  readonly url: string;
  readonly clientId: string;
  readonly key: string;
}

/** Throws AppError "unavailable" when there is no answer that can be trusted. */
export type PopulationDatabase = (query: PopulationQuery) => Promise<PopulationAnswer>;

export async function askPopulation(
  at: PopulationEndpoint,
  query: PopulationQuery,
  now: () => Date = () => new Date(),
): Promise<PopulationAnswer> {
  try {
    const call = { ...at, client: at.clientId, timeoutMs: TIMEOUT_MS, maxBytes: ANSWER_MAX };
    const answer = await askSigned(call, query, now);
    if (!isPopulationAnswer(answer)) throw new Error("not an answer of the population database");
    if (answer.requestId !== query.requestId) throw new Error("the answer to another question");
    return answer;
  } catch (cause) {
    throw new AppError("unavailable", {
      reason: "population-database",
      message: "the population database did not answer",
      cause,
    });
  }
}

export function populationDatabaseAt(at: PopulationEndpoint, now?: () => Date): PopulationDatabase {
  return (query) => askPopulation(at, query, now);
}
