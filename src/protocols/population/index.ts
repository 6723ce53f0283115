/**
 * The national population database (CSDL quốc gia về dân cư): what it knows of the person who asks about themselves.
 *
 * `POST {url}` JSON `PopulationQuery` → 200 JSON `PopulationAnswer`. Both directions carry `x-timestamp` (ISO 8601) and
 * `x-signature`, HMAC-SHA256 in lower hex of `timestamp + "\n" + body` with the shared key; the query also carries
 * `x-client`. Access for reuse of data in public services: Law on Identity 2023, art. 10; Decree 107/2021/NĐ-CP Đ7. The
 * real service's wire format is not public: an adapter belongs here. Examples in `examples/`.
 */
export { askPopulation, type PopulationDatabase, populationDatabaseAt } from "./client.ts";
export {
  isPopulationAnswer,
  isPopulationQuery,
  type PopulationAnswer,
  type PopulationPerson,
  type PopulationQuery,
  type PopulationRecord,
} from "./messages.ts";
export { isSignedNow, signBody, type SignedHeaders } from "#kit/signed-body.ts";
