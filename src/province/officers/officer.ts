/** The words of the officers room. */
import type { DossierAction } from "#province/dossiers/index.ts";

/** one-stop: tiếp nhận và trả kết quả; specialist: chuyên viên thụ lý; leader: lãnh đạo ký; accountant: kế toán; administrator: quản trị (procedures, holidays, templates; never a dossier). */
export type OfficerRole = "one-stop" | "specialist" | "leader" | "accountant" | "administrator";

export interface Officer {
  readonly id: string;
  readonly tenant: string;
  readonly username: string;
  readonly name: string;
  readonly role: OfficerRole;
  readonly unit: string;
  /** Unit of the province that the officer works for. */
  readonly agencyId: string;
  /** May sign results: leaders always, others when authorised. */
  readonly maySign: boolean;
  /** Reminders not read yet, at most 100; only of the officer who is signed in. */
  readonly unread?: number;
}

/** What an officer may be asked to do besides the lifecycle's actions. */
export type DeskAction = DossierAction | "sign-copies";
