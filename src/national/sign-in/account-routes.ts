/** "Tài khoản": what the portal knows about the person, and the sessions they can end. */
import type { FastifyInstance } from "fastify";
import type { Database } from "#kit/db.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId } from "#kit/ids.ts";
import { accountPage, type AccountPageProps } from "./pages/account-page.ts";
import { paths } from "./paths.ts";
import { endOtherSessions, endSession, listSessions } from "./sign-in-store.ts";
import type { SignInDesk } from "./signed-in.ts";

/** In the session: what the account page says once. */
export const ACCOUNT_SAID = "accountSaid";

export function accountRoutes(site: FastifyInstance, deps: { readonly database: Database; readonly desk: SignInDesk }): void {
  const { database, desk } = deps;
  site.get(paths.account, { preHandler: desk.requireCitizen }, async (request, reply) => {
    const person = await desk.citizenOf(request);
    const said = request.session.take<NonNullable<AccountPageProps["said"]>>(ACCOUNT_SAID);
    const sessions = await listSessions(database, person.account.id);
    return sendPage(reply, accountPage({ lang: request.lang, account: person.account, sessions, currentSession: person.sessionId, said }));
  });

  site.post(paths.endSession, { preHandler: desk.requireCitizen }, async (request, reply) => {
    const person = await desk.citizenOf(request);
    const wanted = formText(formValues(request), "session");
    const count =
      wanted === "others"
        ? await endOtherSessions(database, person.account.id, person.sessionId, "ended-elsewhere")
        : isId(wanted) && wanted !== person.sessionId
          ? await endSession(database, person.account.id, wanted, "ended-elsewhere")
          : 0;
    request.session.set(ACCOUNT_SAID, { kind: "ended", count });
    return seeOther(reply, `${paths.account}#sessions`);
  });
}
