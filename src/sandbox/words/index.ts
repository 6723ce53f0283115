/** The texts of the sandbox's pages. */
export { messages } from "./messages.ts";
