/** `/quan-tri/phan-cong`: rules that give new dossiers to officers, and who stands in for whom. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainDateOf } from "#kit/calendar.ts";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import type { PageError } from "#kit/ui/index.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import { findProcedure } from "#province/catalogue/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, listOfficers, type Officer, type OfficerOf } from "#province/officers/index.ts";
import { agencyOf, type Tenant } from "#province/tenants/index.ts";
import { addAbsence, addRule, endAbsence, endRule, readOrder } from "./decide-order.ts";
import { messages } from "./messages.ts";
import {
  checkAbsence,
  checkRule,
  NO_ABSENCE,
  NO_RULE,
  readAbsence,
  readRule,
  type TypedAbsence,
  type TypedRule,
} from "./order.ts";
import { orderPage } from "./pages/order-page.ts";

export interface OrderDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const HOME = "/quan-tri/phan-cong";

export function orderRoutes(site: FastifyInstance, deps: OrderDeps): void {
  const db = deps.database.forTenant(deps.tenant.code);
  const officers = () =>
    listOfficers(deps.database, deps.tenant.code, ["one-stop", "specialist", "leader", "accountant"]);
  const show = async (
    officer: Officer,
    request: FastifyRequest,
    reply: FastifyReply,
    typed: { readonly rule?: TypedRule; readonly absence?: TypedAbsence; readonly errors?: readonly PageError[] } = {},
  ) => {
    const today = plainDateOf(deps.clock.now());
    const [order, all] = await Promise.all([readOrder(db, today), officers()]);
    const errors = typed.errors ?? [];
    const page = orderPage({
      ...adminFramed(deps.shell, officer, request),
      ...order,
      officers: all,
      agencies: deps.tenant.agencies.map(({ id, name }) => ({ id, name: name[request.lang] })),
      rule: typed.rule ?? NO_RULE,
      absence: typed.absence ?? NO_ABSENCE,
      errors,
    });
    return sendPage(reply, page, errors.length > 0 ? 422 : 200);
  };

  site.get(
    HOME,
    forAdministrator(deps.officerOf, (officer, request, reply) => show(officer, request, reply)),
  );

  site.post(
    `${HOME}/quy-tac`,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const rule = readRule(formValues(request));
      const t = messages[request.lang].order;
      const known = {
        procedure: rule.procedure !== "" && (await findProcedure(db, rule.procedure, deps.clock)) !== undefined,
        officers: new Set((await officers()).map(({ id }) => id)),
      };
      const errors = checkRule(rule, known, t.faults);
      if (errors.length > 0) return show(officer, request, reply, { rule, errors });
      const decided = {
        position: Number(rule.position),
        procedureCode: rule.procedure || null,
        fieldCode: rule.field || null,
        agencyId: agencyOf(deps.tenant, rule.agency)?.id ?? null,
        officers: rule.officers,
      };
      await addRule(db, officer, decided);
      sayNext(request, t.added);
      return seeOther(reply, HOME);
    }),
  );

  site.post(
    `${HOME}/vang-mat`,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const absence = readAbsence(formValues(request));
      const t = messages[request.lang].order;
      const { errors, from, to } = checkAbsence(absence, new Set((await officers()).map(({ id }) => id)), t.faults);
      if (errors.length > 0) return show(officer, request, reply, { absence, errors });
      const { who, substitute, reason } = absence;
      await addAbsence(db, officer, { officer: who, substitute, from, to, reason });
      sayNext(request, t.addedAbsence);
      return seeOther(reply, HOME);
    }),
  );

  for (const [path, end, said] of [
    ["quy-tac/bo", endRule, "ended"],
    ["vang-mat/ket-thuc", endAbsence, "endedAbsence"],
  ] as const) {
    site.post(
      `${HOME}/${path}`,
      forAdministrator(deps.officerOf, async (officer, request, reply) => {
        const id = formText(formValues(request), "id");
        if (isId(id)) {
          await end(db, officer, id);
          sayNext(request, messages[request.lang].order[said]);
        }
        return seeOther(reply, HOME);
      }),
    );
  }
}
