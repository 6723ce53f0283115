/**
 * Loaded before the tests of `npm test`: properties are tried with the same values at every run, so that a change is never
 * blamed for what chance found. One file run by itself (`node --test FILE`) goes on looking with other values each time.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: 20_261_122 });
