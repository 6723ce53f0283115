/**
 * Conversation (trao đổi): letters between the applicant and the officers, on the dossier. Words: letter, side, thread.
 * Promises: only the applicant and the officers of the unit read it; nothing typed or uploaded is lost by a mistake; each
 * side sees what the other has seen; when the dossier is over nothing is added and nothing goes away.
 */
export { type Reader, showThread, type ThreadDeps, writeLetter } from "./answer-thread.ts";
export { type ConversationDeps, conversationRoutes } from "./conversation-routes.ts";
export { countLetters, findLetterFile } from "./letter-view.ts";
export { lettersOf } from "./letters-of.ts";
export { messages as conversationMessages } from "./messages.ts";
export { conversationPaths } from "./paths.ts";
export type { LetterFile } from "./letter.ts";
export { type PostWithFiles, type PostWithFilesDeps, readPostWithFiles, sealFiles } from "./post-with-files.ts";
