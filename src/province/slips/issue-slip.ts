import { plainDateOf } from "#kit/calendar.ts";
import { type Clock, systemClock } from "#kit/clock.ts";
import type { Db } from "#kit/db.ts";
import { AppError } from "#kit/errors.ts";
import type { BlobStore } from "#kit/files.ts";
import { newReadableCode } from "#kit/ids.ts";
import {
  approvalAppearance,
  certificateSubject,
  signPdf,
  type Signer,
  signaturePlaceBelow,
} from "#kit/signing/index.ts";
import { SIGNATURE_LINE, renderSlip, slipForm } from "./render-slip.ts";
import { slipRuleSet } from "./rule-sets.ts";
import type { Slip, SlipContents, SlipKind } from "./slip.ts";
import { findSlip, putSlip, putSlipFile } from "./slip-store.ts";

/** What issuing needs besides the database and the files. */
export interface SlipDependencies {
  readonly files: BlobStore;
  /** Origin of the province's portal, where the QR code leads */
  readonly portalOrigin: string;
  /**
   * Signs the file: the officer's key or the one-stop unit's seal. Without it the slip has no signature, for provinces
   * whose officers still sign on paper.
   */
  readonly signer?: Signer;
  readonly clock?: Clock;
}

export interface IssueSlip<Kind extends SlipKind = SlipKind> {
  readonly kind: Kind;
  readonly dossierId: string;
  /** Tells one issue from a repeated click: "" for the reception, "1", "2" … for rounds of supplements */
  readonly occasion?: string;
  readonly content: SlipContents[Kind];
  /** Who issues, for the audit: "officer:<id>" */
  readonly issuedBy: string;
  /** Rule set of a tenant that lives in an earlier era; otherwise the one of today */
  readonly ruleSet?: string;
}

const SLIP_BYTES_MAX = 5_000_000;

/**
 * Issues a slip: number, verification code and frozen content in one statement, then the signed file. Repeating it with
 * the same (dossier, kind, occasion) answers the slip of the first time, whatever content comes the second time. When
 * the process dies between row and file, the next reader renders the file from the frozen content.
 * @param db of the tenant (`database.forTenant(…)`), or a transaction of it
 */
export async function issueSlip<Kind extends SlipKind>(
  db: Db,
  deps: SlipDependencies,
  input: IssueSlip<Kind>,
): Promise<Slip> {
  const createdAt = (deps.clock ?? systemClock).now();
  const slip = await putSlip(db, {
    dossierId: input.dossierId,
    kind: input.kind,
    occasion: input.occasion ?? "",
    ruleSet: slipRuleSet(plainDateOf(createdAt), input.ruleSet).id,
    content: input.content,
    code: newReadableCode(),
    issuedBy: input.issuedBy,
    createdAt,
  });
  return slip.fileSha256 ? slip : { ...slip, fileSha256: await makeFile(db, deps, slip) };
}

/**
 * The slip's file: its bytes and the name of the download. AppError `not-found` when there is no such slip;
 * `unavailable`, reason `slip-being-made`, when issuing was interrupted before the file and this reader has no signer:
 * an unsigned file made now would be the slip's file for ever.
 */
export async function openSlip(
  db: Db,
  deps: SlipDependencies,
  slipId: string,
): Promise<{ slip: Slip; bytes: Buffer; fileName: string }> {
  const slip = await findSlip(db, slipId);
  if (!slip) throw new AppError("not-found", { message: `no slip ${slipId}` });
  if (!slip.fileSha256 && !deps.signer) throw new AppError("unavailable", { reason: "slip-being-made" });
  const sha256 = slip.fileSha256 ?? (await makeFile(db, deps, slip));
  const name = slipForm(slip.kind, slip.ruleSet).fileName;
  return { slip, bytes: await deps.files.read(sha256), fileName: `${name}-${slip.number}-${slip.year}.pdf` };
}

async function makeFile(db: Db, deps: SlipDependencies, slip: Slip): Promise<string> {
  const { kind, ruleSet, number, year, code, createdAt, content } = slip;
  const print = { kind, ruleSet, number, year, code, createdAt, portalOrigin: deps.portalOrigin };
  const draft = await renderSlip(kind, content, print);
  const signed = deps.signer ? await sign(draft, deps.signer, slip, (deps.clock ?? systemClock).now()) : draft;
  const stored = await deps.files.put(signed, { maxBytes: SLIP_BYTES_MAX });
  return putSlipFile(db, slip.id, stored);
}

async function sign(draft: Uint8Array, signer: Signer, slip: Slip, signingTime: Date): Promise<Uint8Array> {
  const place = await signaturePlaceBelow(draft, SIGNATURE_LINE);
  if (!place)
    throw new AppError("internal", { message: `the template of ${slip.kind} has no line "${SIGNATURE_LINE}"` });
  return signPdf(draft, signer, {
    fieldName: "nguoi-ky",
    signingTime,
    place,
    // Who really signs: after an interruption it may be a colleague of the officer who is printed.
    appearance: approvalAppearance({
      person: certificateSubject(signer.certificateDer).commonName,
      agency: slip.content.agency.name,
      signingTime,
    }),
    certify: 1,
  });
}
