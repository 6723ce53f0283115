/** Rating a result (once), and what a leader decides about its comment: one statement each, with its trace. */
export { moderateRating, putRating } from "./rating-store.ts";
