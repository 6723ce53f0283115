/** `/nhac-viec` at the desk: the officer's own reminders. */
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { seeOther, sendPage } from "#kit/http/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forOfficer, type OfficerOf } from "#province/officers/index.ts";
import { messages } from "./messages.ts";
import { remindersPage } from "./pages/reminders-page.ts";
import { markAllRead, markRead } from "./read-reminders.ts";
import type { ReminderFacts, ReminderKind } from "./reminder.ts";
import { reminderPath } from "./reminder-words.ts";
import { listReminders } from "./reminder-view.ts";

export interface ReminderRouteDeps {
  readonly database: Database;
  readonly tenant: { readonly code: string };
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
}

export function reminderRoutes(site: FastifyInstance, deps: ReminderRouteDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  site.get(
    "/nhac-viec",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const asked = (request.query as Record<string, unknown>).truoc;
      const before = typeof asked === "string" && /^[0-9]{1,9}$/.test(asked) ? Number(asked) : undefined;
      const found = await listReminders(db, officer.id, before);
      const { lang } = request;
      const body = remindersPage({ lang, ...found, further: before !== undefined });
      const title = messages[lang].title;
      return sendPage(reply, deps.shell({ lang, title, viewer: officer, width: "narrow", path: request.url, body }));
    }),
  );
  site.post(
    "/nhac-viec/da-doc",
    forOfficer(deps.officerOf, async (officer, _request, reply) => {
      await markAllRead(db, officer.id);
      return seeOther(reply, "/nhac-viec");
    }),
  );
  site.post(
    "/nhac-viec/:seq/mo",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const { seq } = request.params as { seq: string };
      const found = /^[0-9]{1,9}$/.test(seq) ? await markRead(db, officer.id, Number(seq)) : undefined;
      if (!found) throw new AppError("not-found", { message: "no such reminder of this officer" });
      const { dossierId, kind, facts } = found;
      return seeOther(reply, reminderPath({ dossierId, kind: kind as ReminderKind, facts: facts as ReminderFacts }));
    }),
  );
}
