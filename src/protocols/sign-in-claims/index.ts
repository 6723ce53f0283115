/**
 * What the national portal says about a person who signed in, at its userinfo endpoint (OpenID Connect Core 1.0 §5.1)
 * plus the national names (as deployed: SoDinhDanh, HoVaTen, TechID …). A province reads `Person` with `readPerson`,
 * which takes either set of names, so that it can be pointed at the real national portal by configuration.
 */
export {
  claimsOf,
  NATIONAL_SCOPE,
  type NationalClaims,
  type PersonClaims,
  SIGN_IN_SCOPES,
  type StandardClaims,
} from "./claims.ts";
export { type Person, type PersonAddress, readPerson } from "./person.ts";
