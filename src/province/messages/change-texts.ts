/** What an administrator does with the words of notices; one statement each. */
export { changeQuiet, changeTexts } from "./text-store.ts";
