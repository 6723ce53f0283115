/** `POST /ho-so/:id/buu-chinh` on the portal: whoever was to pay the postage online pays the courier instead. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, formValues, seeOther } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { findDossierOf } from "#province/dossiers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { releaseOrder } from "./change-order.ts";
import { listOrdersOf } from "./delivery-view.ts";

export interface DeliveryPortalDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  /** Who is signed in; undefined when nobody is. */
  person(request: FastifyRequest): { readonly sub: string; readonly name: string } | undefined;
  signInPath(back: string): string;
}

export function deliveryPortalRoutes(site: FastifyInstance, deps: DeliveryPortalDeps): void {
  site.post("/ho-so/:id/buu-chinh", async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    const person = deps.person(request);
    const { id } = request.params;
    if (!person) return seeOther(reply, deps.signInPath(`/ho-so/${id}`));
    const tenant = deps.tenant.code;
    const key = { tenant, dossierId: id, applicantSub: person.sub };
    const dossier = isId(id) ? await findDossierOf(deps.database, key) : undefined;
    const asked = formText(formValues(request), "don");
    const orders = dossier ? await listOrdersOf(deps.database.forTenant(tenant), dossier.id) : [];
    const order = orders.find((one) => one.id === asked);
    if (!order) throw new AppError("not-found", { message: "no such order of this person" });
    // Paid meanwhile, or being paid: the page says how it stands.
    await releaseOrder(deps.database, {
      tenant,
      id: order.id,
      toDoor: true,
      actor: { kind: "citizen", sub: person.sub, id: person.sub, name: person.name },
    });
    return seeOther(reply, `/ho-so/${id}#post`);
  });
}
