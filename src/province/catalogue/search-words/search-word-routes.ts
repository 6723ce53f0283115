/** `/quan-tri/tu-tim-kiem`: the province's own everyday words. Administrators only. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "#kit/clock.ts";
import type { Database } from "#kit/db.ts";
import { everydayWords } from "#kit/everyday-words.ts";
import { formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import type { Lang } from "#kit/i18n.ts";
import type { PageError } from "#kit/ui/index.ts";
import { cleanLines, cleanText } from "#kit/vietnamese.ts";
import { adminFramed, sayNext } from "#province/admin/index.ts";
import type { DeskShell } from "#province/desk/index.ts";
import { forAdministrator, type Officer, type OfficerOf } from "#province/officers/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { listOwnWords } from "../catalogue-view.ts";
import { searchProcedures } from "../search-procedures.ts";
import { decideWord, type TypedWord, type WordFault, withdrawWord } from "./decide-word.ts";
import { searchWordMessages } from "./messages.ts";
import { SEARCH_WORDS, searchWordsPage } from "./search-words-page.ts";

export interface SearchWordDeps {
  readonly tenant: Tenant;
  readonly database: Database;
  readonly shell: DeskShell;
  readonly officerOf: OfficerOf;
  readonly clock: Clock;
}

const TYPED_MAX = 120;
const LINES_MAX = 2_000;

export function searchWordRoutes(site: FastifyInstance, deps: SearchWordDeps): void {
  const only = (work: (officer: Officer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    forAdministrator(deps.officerOf, work);

  site.get(
    SEARCH_WORDS,
    only((officer, request, reply) => show(deps, officer, request, reply, { phrase: "", means: "" }, [])),
  );

  site.post(
    SEARCH_WORDS,
    only(async (officer, request, reply) => {
      const form = formValues(request);
      const typed = {
        phrase: cleanText(formText(form, "phrase")).slice(0, TYPED_MAX),
        means: cleanLines(formText(form, "means")).slice(0, LINES_MAX),
      };
      const decided = await decideWord(deps.database, typed, { tenant: deps.tenant.code, actor: officer.id });
      if (!decided.ok) return show(deps, officer, request, reply, typed, errorsOf(decided.faults, request.lang));
      sayNext(request, searchWordMessages[request.lang].saved(typed.phrase));
      return seeOther(reply, `${SEARCH_WORDS}?thu=${encodeURIComponent(typed.phrase)}`);
    }),
  );

  site.post(
    `${SEARCH_WORDS}/bo`,
    only(async (officer, request, reply) => {
      const phrase = cleanText(formText(formValues(request), "phrase")).slice(0, TYPED_MAX);
      await withdrawWord(deps.database, phrase, { tenant: deps.tenant.code, actor: officer.id });
      sayNext(request, searchWordMessages[request.lang].dropped(phrase));
      return seeOther(reply, SEARCH_WORDS);
    }),
  );
}

async function show(
  deps: SearchWordDeps,
  officer: Officer,
  request: FastifyRequest,
  reply: FastifyReply,
  typed: TypedWord,
  errors: readonly PageError[],
): Promise<FastifyReply> {
  const db = deps.database.forTenant(deps.tenant.code);
  const asked = (request.query as Record<string, unknown>)["thu"];
  const words = typeof asked === "string" ? cleanText(asked).slice(0, TYPED_MAX) : "";
  const tried =
    words === "" ? undefined : { words, found: await searchProcedures(db, { words, limit: 5 }, deps.clock) };
  const page = searchWordsPage({
    ...adminFramed(deps.shell, officer, request),
    own: await listOwnWords(db),
    common: everydayWords(),
    typed,
    errors,
    tried,
  });
  return sendPage(reply, page, errors.length > 0 ? 422 : 200);
}

function errorsOf(faults: readonly WordFault[], lang: Lang): PageError[] {
  const t = searchWordMessages[lang].faults;
  return faults.map((one) => ({
    field: one.field,
    message: one.fault === "unknown" ? t.unknown(one.word) : t[one.fault],
  }));
}
