import { AppError } from "#kit/errors.ts";
import { isPopulationAnswer, type PopulationAnswer, type PopulationQuery } from "./messages.ts";
import { isSignedNow, signBody } from "#kit/signed-body.ts";

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
    const body = JSON.stringify(query);
    const response = await fetch(at.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "x-client": at.clientId,
        ...signBody(at.key, body, now()),
      },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const text = await response.text();
    if (text.length > ANSWER_MAX) throw new Error("the answer is too long");
    const { headers } = response;
    const signed = { timestamp: headers.get("x-timestamp"), signature: headers.get("x-signature") };
    if (!isSignedNow(at.key, text, signed, now())) throw new Error("the answer is not signed");
    const answer: unknown = JSON.parse(text);
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
