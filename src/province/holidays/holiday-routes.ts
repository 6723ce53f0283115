/** `/quan-tri/ngay-nghi`: the table of days off, a decision, and what it moves before it is applied. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { formText, type FormValues, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { calendarWith, type Tenant } from "#province/tenants/index.ts";
import { decideDays, listDecided } from "./decide-days.ts";
import { readDecision, type TypedDecision } from "./decision.ts";
import { messages } from "./messages.ts";
import { previewMoves } from "./move-dossiers.ts";
import { daysPage } from "./pages/days-page.ts";
import { previewPage } from "./pages/preview-page.ts";

export interface HolidayDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const HOME = "/quan-tri/ngay-nghi";
const EMPTY: TypedDecision = { date: "", kind: "", nameVi: "", nameEn: "", basis: "", exchange: "" };

export function holidayRoutes(site: FastifyInstance, deps: HolidayDeps): void {
  const today = () => plainDateOf(deps.clock.now());

  const showDays = async (
    officer: Officer,
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedDecision,
    errors: readonly { readonly field: string; readonly message: string }[],
  ) => {
    const decided = await listDecided(deps.database, deps.tenant);
    const calendar = calendarWith(deps.tenant, decided);
    const asked = Number((request.query as Record<string, unknown>).nam);
    const year = asked >= 2020 && asked <= 2040 ? asked : Number(today().slice(0, 4));
    const framed = adminFramed(deps.shell, officer, request);
    return sendPage(
      reply,
      daysPage({ ...framed, calendar, decided, year, typed, errors }),
      errors.length > 0 ? 422 : 200,
    );
  };

  site.get(
    HOME,
    forAdministrator(deps.officerOf, (officer, request, reply) => showDays(officer, request, reply, EMPTY, [])),
  );

  site.post(
    HOME,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const form = formValues(request);
      const typed = typedOf(form);
      if (formText(form, "viec") === "sua") return showDays(officer, request, reply, typed, []);
      const t = messages[request.lang];
      const decided = await listDecided(deps.database, deps.tenant);
      const read = readDecision(typed, calendarWith(deps.tenant, decided), today());
      if (!read.ok) {
        const errors = read.errors.map(({ field, fault }) => ({ field, message: t.faults[fault] }));
        return showDays(officer, request, reply, typed, errors);
      }
      const { code } = deps.tenant;
      if (formText(form, "viec") !== "ap-dung") {
        const changed = new Set(read.days.map((day) => day.date));
        const calendar = calendarWith(deps.tenant, [...decided.filter((day) => !changed.has(day.date)), ...read.days]);
        const first = [...changed].sort()[0] ?? today();
        const moves = await previewMoves(deps.database, code, first, calendar);
        return sendPage(
          reply,
          previewPage({ ...adminFramed(deps.shell, officer, request), days: read.days, typed, moves }),
        );
      }
      await decideDays(deps.database, deps.tenant, read.days, officer.id);
      sayNext(request, t.done(read.days.length));
      return seeOther(reply, `${HOME}?nam=${read.days[0]?.date.slice(0, 4) ?? ""}`);
    }),
  );
}

function typedOf(form: FormValues): TypedDecision {
  const text = (name: keyof TypedDecision, most: number) => formText(form, name).normalize("NFC").trim().slice(0, most);
  return {
    date: text("date", 20),
    kind: text("kind", 10),
    nameVi: text("nameVi", 200),
    nameEn: text("nameEn", 200),
    basis: text("basis", 300),
    exchange: text("exchange", 20),
  };
}
