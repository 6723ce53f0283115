/** Name of the keeper's own connection to the test cluster while others may come: cleaned up, and not about to leave. */
export const KEEPER_READY = "test-keeper-ready";
