/** `/quan-tri/ung-dung` on the desk: which programs may file, and the secret that is shown once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import { formText, type FormValues, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { createClient, revokeClient } from "./access.ts";
import { listClients } from "./client-view.ts";
import { messages } from "./messages.ts";
import { type ClientFault, readClient, type TypedClient } from "./read-client.ts";
import { clientsPage, madePage } from "./pages/clients-page.ts";

export interface ClientDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly portalOrigin: string;
}

const HOME = "/quan-tri/ung-dung";
const EMPTY: TypedClient = {
  name: "",
  ownerName: "",
  identityNumber: "",
  birthDate: "",
  phone: "",
  email: "",
  address: "",
  scopes: ["dossiers:write", "dossiers:read", "files:write"],
};

export function clientRoutes(site: FastifyInstance, deps: ClientDeps): void {
  const show = async (
    officer: Officer,
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedClient,
    faults: readonly ClientFault[],
  ): Promise<FastifyReply> => {
    const clients = await listClients(deps.database.forTenant(deps.tenant.code));
    const framed = adminFramed(deps.shell, officer, request);
    const errors = faults.map((field) => ({ field, message: messages[request.lang].faults[field] }));
    const docs = `${deps.portalOrigin}/api/v1/openapi.json`;
    return sendPage(reply, clientsPage({ ...framed, clients, typed, errors, docs }), errors.length > 0 ? 422 : 200);
  };

  site.get(
    HOME,
    forAdministrator(deps.officerOf, (officer, request, reply) => show(officer, request, reply, EMPTY, [])),
  );

  site.post(
    HOME,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const typed = typedOf(formValues(request));
      const read = readClient(typed);
      if (!read.ok) return show(officer, request, reply, typed, read.faults);
      const made = await createClient(deps, { ...read, actor: `officer:${officer.id}` });
      // Shown in the answer itself: nothing that is kept (a session, a redirect) ever holds the secret.
      return sendPage(reply, madePage({ ...adminFramed(deps.shell, officer, request), name: read.name, ...made }));
    }),
  );

  site.post(
    `${HOME}/:id/thu-hoi`,
    forAdministrator(deps.officerOf, async (officer, request, reply) => {
      const { id } = request.params as { id: string };
      const done = await revokeClient(deps, id, `officer:${officer.id}`);
      if (!done) throw new AppError("not-found", { message: "no such client in use" });
      sayNext(request, messages[request.lang].revokedSaid);
      return seeOther(reply, HOME);
    }),
  );
}

function typedOf(form: FormValues): TypedClient {
  const text = (name: string) => formText(form, name).normalize("NFC").trim().slice(0, 300);
  const scopes = form["scopes"];
  return {
    name: text("name"),
    ownerName: text("ownerName"),
    identityNumber: text("identityNumber"),
    birthDate: text("birthDate"),
    phone: text("phone"),
    email: text("email"),
    address: text("address"),
    scopes: scopes === undefined ? [] : [scopes].flat(),
  };
}
