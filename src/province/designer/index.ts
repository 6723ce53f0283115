/**
 * Designer (soạn thủ tục): administrators edit a procedure and its form in the browser. Words: working copy, revision, place,
 * finding. Promises: nothing that is published changes here; each save is one revision that can be looked at and gone back
 * to; two people at once never overwrite each other unseen; what a check calls an error is never proposed.
 */
import type { FastifyInstance } from "fastify";
import { archiveRoutes } from "./archive-routes.ts";
import { copyRoutes } from "./copy-routes.ts";
import { type DesignerDeps, openRoom } from "./designer-room.ts";
import { previewRoutes } from "./preview-routes.ts";
import { thingRoutes } from "./thing-routes.ts";

export function designerRoutes(site: FastifyInstance, deps: DesignerDeps): void {
  const room = openRoom(site, deps);
  copyRoutes(room);
  thingRoutes(room);
  previewRoutes(room);
  archiveRoutes(room);
}
