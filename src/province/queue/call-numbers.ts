/** What an officer does with the queue: each is one statement, so that two windows never get the same number. */
export { callAgain, callNext, currentOf, endNumber, listCalled, listWaiting, takeNumber } from "./queue-store.ts";
