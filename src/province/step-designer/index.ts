/**
 * Step designer (vẽ quy trình nội bộ): administrators draw internal procedures, check them, publish them by two people and
 * choose which procedures run through which. Words: drawing, draft, board, picture, template.
 *
 * Promises: a file that is no drawing changes nothing; what a check finds is shown at its place in the picture and in a list;
 * whoever cannot see or use the picture has the same in words.
 */
import type { FastifyInstance } from "fastify";
import { editorRoutes } from "./editor-routes.ts";
import { openRoom, type StepDesignerDeps } from "./step-designer-room.ts";
import { processListRoutes } from "./step-designer-routes.ts";
import { versionRoutes } from "./version-routes.ts";

export { processPicture, type PictureProps } from "./pages/process-parts.ts";
export { seedProcesses } from "./seed-processes.ts";
export { listTemplates, type ProcessTemplate } from "./templates.ts";

export function stepDesignerRoutes(site: FastifyInstance, deps: StepDesignerDeps): void {
  const room = openRoom(site, deps);
  processListRoutes(room);
  editorRoutes(room);
  versionRoutes(room);
}
