/** The words of the slips room. A slip's content is frozen as data when it is issued and printed from that for ever. */

/**
 * Forms of the rule sets that concern one citizen: reception and appointment, supplement request, refusal to receive,
 * apology with a new date, stop of the handling. The control slip goes with the dossier inside the offices.
 */
export type SlipKind = "receipt" | "supplement" | "refusal" | "apology" | "stop" | "control";

/** Who issues: the head of the page and the place of its date line. */
export interface SlipAgency {
  /** The body above, in capitals on paper: "UBND tỉnh Tây Ninh"; left out when there is none */
  readonly superior?: string;
  /** The agency itself: "Sở Nông nghiệp và Phát triển nông thôn" */
  readonly name: string;
  /** Its one-stop unit: "Bộ phận Tiếp nhận và Trả kết quả" */
  readonly oneStopUnit: string;
  /** Place of the date line: "Tây Ninh" */
  readonly place: string;
  readonly phone?: string;
  /** The province's own line at the foot of every page */
  readonly contact?: string;
}

export interface SlipDossier {
  readonly id: string;
  /** Official code, missing until reception */
  readonly code?: string;
  /** Internal number */
  readonly number?: number;
  readonly procedureName: string;
  readonly applicantName: string;
  /** Whose matter it is, when it is somebody else */
  readonly holderName?: string;
  readonly address?: string;
  /** Number of the identity paper, on forms that ask for it */
  readonly identityNumber?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly channel: "national-portal" | "provincial-portal" | "app" | "counter" | "post";
}

/** One row of the component table. Counts of the paper's forms; an electronic file counts as one electronic copy. */
export interface SlipComponent {
  readonly name: string;
  readonly originals?: number;
  readonly certified?: number;
  readonly photocopies?: number;
  readonly electronic?: number;
}

interface SlipContentBase {
  readonly agency: SlipAgency;
  readonly dossier: SlipDossier;
  /** Who receives, guides or refuses, as printed and as signed */
  readonly officerName: string;
}

/** "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" */
export interface ReceiptSlipContent extends SlipContentBase {
  readonly components: readonly SlipComponent[];
  readonly sets: number;
  /** As the procedure says it: "15 ngày làm việc"; empty when the law gives none */
  readonly timeLimit: string;
  /** ISO instant */
  readonly receivedAt: string;
  /** ISO instant; missing when no appointment can be given */
  readonly dueAt?: string;
  /** How and where the result is received: "Trực tuyến, tại tài khoản …" */
  readonly receiveResultAt: string;
  /** What is still to be paid, and the address at which anybody may pay it; missing when nothing is due */
  readonly payment?: { readonly amount: number; readonly address: string };
}

/** "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ" */
export interface SupplementSlipContent extends SlipContentBase {
  /** Each thing to supply or correct, with its reason */
  readonly items: readonly { readonly label: string; readonly reason: string; readonly example?: string }[];
  /** General reason; may be empty when every item has its own */
  readonly reason: string;
  /** ISO instant until which it is awaited; missing where there is no term */
  readonly answerBy?: string;
  /** Who helps */
  readonly guide: { readonly name: string; readonly phone?: string };
}

/** "Phiếu từ chối tiếp nhận giải quyết hồ sơ" */
export interface RefusalSlipContent extends SlipContentBase {
  readonly reason: string;
}

/** "Phiếu xin lỗi và hẹn lại ngày trả kết quả" */
export interface ApologySlipContent extends SlipContentBase {
  readonly reason: string;
  /** ISO instants */
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly newDueAt: string;
}

/** "Thông báo dừng giải quyết hồ sơ" */
export interface StopSlipContent extends SlipContentBase {
  readonly reason: string;
}

/** "Phiếu kiểm soát quá trình giải quyết hồ sơ" */
export interface ControlSlipContent extends SlipContentBase {
  /** ISO instant; missing when there is no appointment */
  readonly dueAt?: string;
  readonly steps: readonly ControlStep[];
}

/** One hand-over. */
export interface ControlStep {
  readonly giver: string;
  readonly receiver: string;
  /** ISO instant */
  readonly at: string;
  /** Where a date binds the step */
  readonly result?: "early" | "on-time" | "late";
  readonly note: string;
}

export interface SlipContents {
  readonly receipt: ReceiptSlipContent;
  readonly supplement: SupplementSlipContent;
  readonly refusal: RefusalSlipContent;
  readonly apology: ApologySlipContent;
  readonly stop: StopSlipContent;
  readonly control: ControlSlipContent;
}

/** What a file of a slip needs besides its content. */
export interface SlipIdentity {
  readonly kind: SlipKind;
  readonly ruleSet: string;
  /** A sector's form and its generation, "CT05@53-2025"; missing: the form of the rule set */
  readonly form?: string;
  readonly number: number;
  readonly year: number;
  /** Verification code, 16 letters and digits */
  readonly code: string;
  readonly createdAt: Date;
}

export interface Slip extends SlipIdentity {
  readonly id: string;
  readonly dossierId: string;
  readonly occasion: string;
  readonly content: SlipContents[SlipKind];
  readonly issuedBy: string;
  /** undefined until the file was rendered, which the first reader does when issuing was interrupted */
  readonly fileSha256: string | undefined;
}
