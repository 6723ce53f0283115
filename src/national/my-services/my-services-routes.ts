import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Db } from "#kit/db.ts";
import { createThrottle, formText, formValues, seeOther, sendPage } from "#kit/http/index.ts";
import { isId, newSecretId } from "#kit/ids.ts";
import { listIndexedDossiers } from "#national/dossier-index/index.ts";
import { nationalPage } from "#national/portal/index.ts";
import { messages } from "./messages.ts";
import { type FeeProvince, findUnpaidFee, payUnpaidFee, provinceOfCode } from "./pay-unpaid-fee.ts";
import { myServicesPage } from "./pages/my-services-page.ts";

export interface MyServicesDeps {
  readonly database: Db;
  /** The signed-in account: its TechID and name; undefined when nobody is signed in. */
  readonly account: (request: FastifyRequest) => Promise<{ readonly sub: string; readonly name: string } | undefined>;
  /** Address that signs in and comes back to a path of this site. */
  readonly signInPath: (back: string) => string;
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
  /** Whom to ask about unpaid fees. */
  readonly feeProvinces: readonly FeeProvince[];
  /** Of this portal. */
  readonly origin: string;
}

const PATH = "/dich-vu-cong-cua-toi";
/** Questions of one account about dossiers' fees: each goes to a province, and codes can be counted up. */
const FEE_QUESTIONS = { turns: 30, seconds: 600 } as const;

/** "Dịch vụ công của tôi": the person's dossiers of all provinces. */
export function myServicesRoutes(site: FastifyInstance, deps: MyServicesDeps): void {
  const questions = createThrottle(FEE_QUESTIONS);
  site.get<{ Querystring: Record<string, unknown> }>(PATH, async (request, reply) => {
    const account = await deps.account(request);
    if (!account) return seeOther(reply, deps.signInPath(PATH));
    const text = queryText(request.query["q"]);
    const after = queryText(request.query["sau"]);
    const found = await listIndexedDossiers(deps.database, { techId: account.sub, text, ...(after ? { after } : {}) });
    const name = (code: string) => deps.provinces.find((province) => province.code === code)?.name ?? code;
    const next = found.next
      ? `${PATH}?${new URLSearchParams({ ...(text ? { q: text } : {}), sau: found.next }).toString()}`
      : undefined;
    // Only the first page asks the province: further pages are of the person's own list.
    const asks = !after && provinceOfCode(deps.feeProvinces, text) !== undefined;
    if (asks) questions.take(account.sub);
    const fee = asks ? await findUnpaidFee(deps.feeProvinces, text) : undefined;
    const body = myServicesPage({
      lang: request.lang,
      text,
      fee,
      news: NEWS.find((news) => news === request.query["tin"]),
      newRequestId: newSecretId,
      dossiers: found.dossiers,
      provinceName: name,
      next,
    });
    const title = messages[request.lang].title;
    return sendPage(
      reply,
      nationalPage({
        lang: request.lang,
        title,
        body,
        viewer: account,
        path: PATH,
        width: "wide",
        current: "services",
      }),
    );
  });

  /** "Thanh toán lệ phí hồ sơ": on to the order's page. */
  site.post(`${PATH}/thanh-toan`, async (request, reply) => {
    const account = await deps.account(request);
    if (!account) return seeOther(reply, deps.signInPath(PATH));
    questions.take(account.sub);
    const form = formValues(request);
    const requestId = formText(form, "yeu-cau");
    const dossier = formText(form, "ho-so").slice(0, 60);
    const paid = await payUnpaidFee(
      { database: deps.database, provinces: deps.feeProvinces, origin: deps.origin },
      {
        province: formText(form, "tinh"),
        dossier,
        techId: account.sub,
        requestId: isId(requestId) ? requestId : newSecretId(),
        payerIp: request.ip,
      },
    );
    if (paid.kind === "redirect") return seeOther(reply, paid.payUrl);
    return seeOther(reply, `${PATH}?${new URLSearchParams({ q: dossier, tin: paid.kind }).toString()}`);
  });
}

/** Short answers to a press, said on the list. */
const NEWS = ["nothing", "silent"] as const;

function queryText(value: unknown): string {
  return typeof value === "string" ? value.normalize("NFC").trim().slice(0, 200) : "";
}
