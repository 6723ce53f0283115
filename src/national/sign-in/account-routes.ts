/** "Tài khoản": what the portal knows about the person, and the sessions they can end. */
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { accountPage, type AccountPageProps } from "./pages/account-page.ts";
import { endOwnSessions, listOwnSessions } from "./own-sessions.ts";
import { paths } from "./paths.ts";
import type { SignInDesk } from "./signed-in.ts";

/** In the session: what the account page says once. */
export const ACCOUNT_SAID = "accountSaid";

export function accountRoutes(
  site: FastifyInstance,
  deps: { readonly database: Database; readonly desk: SignInDesk },
): void {
  const { database, desk } = deps;
  site.get(paths.account, { preHandler: desk.requireCitizen }, async (request, reply) => {
    const person = await desk.citizenOf(request);
    const said = request.session.take<NonNullable<AccountPageProps["said"]>>(ACCOUNT_SAID);
    const sessions = await listOwnSessions(database, person);
    return sendPage(
      reply,
      accountPage({ lang: request.lang, account: person.account, sessions, currentSession: person.sessionId, said }),
    );
  });

  site.post(paths.endSession, { preHandler: desk.requireCitizen }, async (request, reply) => {
    const person = await desk.citizenOf(request);
    const count = await endOwnSessions(database, person, formText(formValues(request), "session"));
    request.session.set(ACCOUNT_SAID, { kind: "ended", count });
    return seeOther(reply, `${paths.account}#sessions`);
  });
}
