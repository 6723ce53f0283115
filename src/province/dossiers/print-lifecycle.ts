/** Writes docs/lifecycles/dossier.mmd from the table; a test fails when the file is behind. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { toMermaid } from "./dossier-lifecycle.ts";

writeFileSync(join(import.meta.dirname, "../../../docs/lifecycles/dossier.mmd"), toMermaid());
