/** One process of the payment street, as `motcua start` would run it, with the rooms of paying alone: fault tests kill it. */
import { flushCompileCache } from "node:module";

const [role = "", waits] = process.argv.slice(2);
// Each role loads its own building only: it is started again and again.
const { run } = await (role === "sandbox"
  ? import("./sandbox-role.ts")
  : role.startsWith("national")
    ? import("./national-role.ts")
    : import("./province-role.ts"));
// Loaded, and in its turn when its forerunner is dead.
if (waits) await new Promise((resolve) => process.once("message", resolve));
await run(role);
process.send?.("ready");
// For the next start: this process will not end in order.
flushCompileCache();
// A test that ends takes its processes with it.
process.on("disconnect", () => process.exit(0));
