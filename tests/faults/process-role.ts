/** One process that moves an internal procedure, as the desk or the worker would: the fault tests kill it in the middle. */
import { openDatabase } from "#kit/db.ts";
import { moveProcess, type ProcessStep } from "./process-move.ts";

const step = JSON.parse(process.argv[2] ?? "null") as ProcessStep;
const database = openDatabase({ url: process.env["STEP_DATABASE"] ?? "", role: "step", max: 2 });
const answer = await moveProcess(database, step);
process.send?.(answer ?? null);
await database.close();
process.disconnect?.();
