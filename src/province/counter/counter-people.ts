/** Who was served here without an account, and what was begun for them: one statement each. */
export { joinPerson, listCounterDrafts, subOfPerson } from "./counter-store.ts";
