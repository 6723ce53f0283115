/** Example people, procedures and dossiers for tests. */
import type { Database } from "#kit/db.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import type { OfficerActor } from "./change-dossier.ts";
import type { Answers, Applicant, DossierAgency, DossierDue, DossierProcedure, Stand } from "./dossier.ts";
import { fileDossier } from "./file-dossier.ts";
import type { DueTimeOf } from "./receive-dossier.ts";
import { startDraft } from "./start-draft.ts";

export const birthProcedure: DossierProcedure = {
  code: "1.001193",
  version: 1,
  name: { vi: "Thủ tục đăng ký khai sinh", en: "Birth registration" },
  fieldCode: "HT",
  fieldName: { vi: "Hộ tịch", en: "Civil status" },
};

export const benCau: DossierAgency = { id: "H53.31.20", name: "UBND Thị trấn Bến Cầu", identifier: "000.20.31.H53" };

export const officerLien: OfficerActor = { kind: "officer", id: "tiepnhan.tayninh", name: "Võ Thị Kim Liên" };
export const officerTri: OfficerActor = { kind: "officer", id: "chuyenvien.tayninh", name: "Huỳnh Minh Trí" };

export function citizen(sub: string = newId()): Applicant {
  return {
    sub,
    name: "Nguyễn Văn An",
    identityNumber: "072090000101",
    identityKind: "cccd",
    birthDate: "1990-02-11",
    phone: "0900000101",
  };
}

export const copyDue: DossierDue = {
  code: "2.000635",
  kind: "charge",
  name: { vi: "Bản sao trích lục", en: "Extract copies" },
  amount: 16_000,
  quantity: 2,
  unitAmount: 8_000,
  basis: "Nghị quyết của HĐND tỉnh",
};

/** A fixed appointment, so that these tests ask neither the catalogue nor the calendar. */
export const tomorrow: DueTimeOf = async (_database, _dossier, receivedAt) => ({
  at: new Date(receivedAt.getTime() + 86_400_000),
  explanation: {
    rule: { type: "working_days", days: 1 },
    lines: [{ vi: "Một ngày.", en: "One day." }],
    provisional: false,
  },
});

/** A draft of a birth registration; a new person unless one is given. */
export async function aDraft(
  database: Database,
  options: { tenant?: string; person?: Applicant; agency?: DossierAgency } = {},
) {
  const person = options.person ?? citizen();
  const tenant = options.tenant ?? "tayninh";
  const started = await startDraft(database, {
    tenant,
    procedure: birthProcedure,
    agency: options.agency ?? benCau,
    channel: "provincial-portal",
    applicant: person,
    prefill: { "applicant.name": person.name },
  });
  if (!started.ok) throw new Error(started.reason);
  return { tenant, dossierId: started.dossierId, applicantSub: person.sub, person };
}

/** A filed dossier of a new person. */
export async function aFiledDossier(
  database: Database,
  options: { tenant?: string; person?: Applicant; agency?: DossierAgency; dues?: DossierDue[]; answers?: Answers } = {},
): Promise<Stand & { tenant: string; applicantSub: string; number: number }> {
  const draft = await aDraft(database, options);
  const filed = await fileDossier(database, {
    ...draft,
    submissionId: newSecretId(),
    answers: options.answers ?? { "applicant.name": draft.person.name, "child.name": "Nguyễn Gia Hân" },
    delivery: { handIn: "online", receive: "online" },
    dues: options.dues ?? [],
  });
  if (!filed.ok) throw new Error(filed.reason);
  return { ...filed, tenant: draft.tenant, applicantSub: draft.applicantSub };
}
