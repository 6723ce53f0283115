/** This province's side towards the one that handles a part: what is said to it. */
import { newId } from "#kit/ids.ts";
import type { Database } from "#kit/db.ts";
import type { Dossier } from "#province/dossiers/index.ts";
import type { LinkedPartView } from "./linked.ts";
import { tellPart } from "./message-store.ts";

export interface PaperToSend {
  readonly component: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

interface Place {
  readonly database: Database;
  readonly tenant: string;
}

export interface Elsewhere {
  open(
    place: Place,
    opened: { whole: Dossier; part: LinkedPartView; answers: Dossier["answers"]; papers: readonly PaperToSend[] },
  ): Promise<boolean>;
  tell(place: Place, part: LinkedPartView, what: "release" | "withdraw", reason?: string): Promise<boolean>;
}

/** Every message is written with the change that it tells of; the worker sends it. The bytes of papers join it on the way out. */
export const elsewhere: Elsewhere = {
  open({ database, tenant }, { whole, part, answers, papers }) {
    const { sub, name, identityNumber, identityKind, birthDate, phone, email, address } = whole.applicant;
    const known = { birthDate, phone, email, address };
    return tellPart(database, {
      tenant,
      wholeId: whole.id,
      code: part.code,
      id: newId(),
      kind: "open",
      content: {
        kind: "open",
        part: {
          code: part.code,
          procedure: part.procedure.code,
          ...(part.procedure.limit ? { limit: part.procedure.limit } : {}),
          agency: part.agency.id,
          whole: {
            number: whole.number,
            procedure: whole.procedure.code,
            name: whole.procedure.name.vi,
            filedAt: (whole.filedAt ?? whole.createdAt).toISOString(),
          },
          channel: whole.channel,
          together: whole.delivery?.parts === "together",
          applicant: {
            sub,
            name,
            identityNumber,
            identityKind,
            ...Object.fromEntries(Object.entries(known).filter(([, value]) => value)),
          },
          holder: whole.holderName,
          answers,
          delivery: whole.delivery,
          dues: part.dues,
          papers,
        },
      },
    });
  },
  tell({ database, tenant }, part, what, reason = "") {
    const content = what === "withdraw" ? { kind: what, reason: reason.slice(0, 1_000) } : { kind: what };
    return tellPart(database, { tenant, wholeId: part.wholeId, code: part.code, id: newId(), kind: what, content });
  },
};
