/** The dossier's page and the actions that need no more than a click. */
import type { FastifyInstance } from "fastify";
import { formText, formValues, seeOther } from "#kit/http/index.ts";
import { signCopies } from "#province/digitising/index.ts";
import { requireFee, returnResult } from "#province/dossiers/index.ts";
import { keepPlace } from "#province/inbox/index.ts";
import { forOfficer } from "#province/officers/index.ts";
import { type Acting, type Did, onClick, reread, saveTypedNote, versionOf } from "./act.ts";
import { PAGED } from "./desk-actions.ts";
import { dossierToRead } from "./desk-steps.ts";
import { agencyOfDossier, clockOf, dossierOf, type HandlingDeps, isHandledInParts } from "./handling.ts";
import { noteReading } from "./note-reading.ts";
import { messages } from "./messages.ts";
import { receiveWithSlip } from "./receive-with-slip.ts";
import { showDossier, showRefusal, takeSaid } from "./show-dossier.ts";
import { signResultOf } from "./sign-result-act.ts";

export function clickRoutes(site: FastifyInstance, deps: HandlingDeps): void {
  site.get(
    "/ho-so/:id",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierToRead(deps, officer, (request.params as { id?: string }).id);
      await noteReading(deps.database, officer, { action: "dossier.read", subject: `dossier:${dossier.id}` });
      keepPlace(request, dossier.id);
      return showDossier(deps, officer, request, reply, dossier, { said: takeSaid(request) });
    }),
  );

  site.post(
    "/ho-so/:id/luu",
    // The note is saved on the way to every action; here nothing follows.
    onClick(deps, "note", async ({ request }) => success(messages[request.lang].done.note)),
  );
  site.post(
    "/ho-so/:id/tiep-nhan",
    onClick(deps, "receive", (acting) => receive(deps, acting)),
  );
  site.post(
    "/ho-so/:id/ky-so",
    onClick(deps, "sign-copies", (acting) => signPapers(deps, acting)),
  );
  site.post(
    "/ho-so/:id/ky-ket-qua",
    onClick(deps, "sign-result", (acting) => sign(deps, acting)),
  );
  site.post(
    "/ho-so/:id/tra-ket-qua",
    onClick(deps, "return-result", async ({ input, request }) => {
      const done = await returnResult(deps.database, input);
      return done.ok ? success(messages[request.lang].done["return-result"]) : done;
    }),
  );
  site.post(
    "/ho-so/:id/yeu-cau-nop-phi",
    onClick(deps, "require-fee", async ({ input, request }) => {
      const done = await requireFee(deps.database, input);
      return done.ok ? success(messages[request.lang].done["require-fee"]) : done;
    }),
  );

  /** To an action's own page: the typed note is kept first. */
  site.post(
    "/ho-so/:id/mo",
    forOfficer(deps.officerOf, async (officer, request, reply) => {
      const dossier = await dossierOf(deps, officer, request);
      const form = formValues(request);
      const noted = await saveTypedNote(deps, officer, dossier, form);
      if (!noted.ok)
        return showRefusal(deps, officer, request, reply, {
          dossier,
          reason: noted.reason,
          seen: versionOf(form),
          typedNote: formText(form, "note"),
        });
      const action = PAGED.find((one) => one === formText(form, "viec"));
      return seeOther(reply, `/ho-so/${dossier.id}${action ? PAGE_OF[action] : ""}`);
    }),
  );
}

const PAGE_OF: Readonly<Record<(typeof PAGED)[number], string>> = {
  "request-supplement": "/bo-sung",
  decline: "/tu-choi?viec=decline",
  refuse: "/tu-choi?viec=refuse",
  stop: "/tu-choi?viec=stop",
  forward: "/chuyen-thu-ly",
  "record-result": "/ket-qua",
  reschedule: "/gia-han",
  "set-substate": "/buoc-chi-tiet",
  close: "/dong",
};

function success(text: string): Did {
  return { ok: true, said: { tone: "success", text } };
}

async function receive(deps: HandlingDeps, { officer, dossier, input, request }: Acting): Promise<Did> {
  const done = await receiveWithSlip(deps, officer, dossier, input, request);
  if (!done.ok) return done;
  const t = messages[request.lang].done;
  const text = done.problem ? `${t.receiveAlone(done.code)} ${done.problem}` : t.receive(done.code);
  return { ok: true, said: { tone: done.problem ? "warning" : "success", text } };
}

async function signPapers(deps: HandlingDeps, { officer, dossier, input, request }: Acting): Promise<Did> {
  if (isHandledInParts(dossier)) return { ok: false, reason: "handled-in-parts" };
  if ((await reread(deps, dossier)).version !== input.expectedVersion) return { ok: false, reason: "conflict" };
  const agency = agencyOfDossier(deps, dossier);
  const signer = await deps.signers.officer(officer, agency);
  const { signed, skipped } = await signCopies(
    deps.database,
    { files: deps.files, signer, clock: clockOf(deps) },
    { tenant: deps.tenant.code, dossierId: dossier.id, actor: input.actor, agency: agency.name.vi },
  );
  const t = messages[request.lang];
  const left = skipped.map((one) => `${one.name} (${t.skip[one.reason]})`).join(", ");
  const text = [
    signed > 0 ? t.done["sign-copies"](signed) : t.done.nothingSigned,
    left ? `${t.done.skipped} ${left}.` : "",
  ];
  return { ok: true, said: { tone: signed > 0 ? "success" : "warning", text: text.filter(Boolean).join(" ") } };
}

async function sign(deps: HandlingDeps, { officer, dossier, input, request }: Acting): Promise<Did> {
  const done = await signResultOf(deps, officer, dossier, input);
  return done.ok ? success(messages[request.lang].done["sign-result"]) : done;
}
