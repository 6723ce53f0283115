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
import { sectorFormOn } from "./sector-forms.ts";
import type { Slip, SlipContents, SlipIdentity, SlipKind } from "./slip.ts";
import { findSlip, findSlipOf, putSlip, putSlipFile } from "./slip-store.ts";

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
  /** How a slip becomes a page; another one only in tests of what a failing template does */
  readonly render?: typeof renderSlip;
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
  /** The sector's form that the procedure names ("CT05"); the generation of the day of issue is taken */
  readonly sectorForm?: string | undefined;
}

const SLIP_BYTES_MAX = 5_000_000;

/**
 * Issues a slip: number, verification code and frozen content in one statement, then the signed file. Repeating it with
 * the same (dossier, kind, occasion) answers the slip of the first time, whatever content comes the second time. When
 * the process dies between row and file, the next reader renders the file from the frozen content. Words that the template
 * cannot print take no number: they are tried first. AppError `unavailable`, reason `slip-not-made`, when the template or
 * the signature fails: nothing was issued, or the file is still to be made, and asking again is safe.
 * @param db of the tenant (`database.forTenant(…)`), or a transaction of it
 */
export async function issueSlip<Kind extends SlipKind>(
  db: Db,
  deps: SlipDependencies,
  input: IssueSlip<Kind>,
): Promise<Slip> {
  const occasion = input.occasion ?? "";
  const known = await findSlipOf(db, input.dossierId, input.kind, occasion);
  const slip = known ?? (await issueNew(db, deps, { ...input, occasion }));
  return slip.fileSha256 ? slip : { ...slip, fileSha256: await makeFile(db, deps, slip) };
}

async function issueNew<Kind extends SlipKind>(
  db: Db,
  deps: SlipDependencies,
  input: IssueSlip<Kind> & { readonly occasion: string },
): Promise<Slip> {
  const { kind, dossierId, occasion, content, issuedBy } = input;
  const createdAt = (deps.clock ?? systemClock).now();
  const day = plainDateOf(createdAt);
  const ruleSet = slipRuleSet(day, input.ruleSet).id;
  const form = sectorFormOn(input.sectorForm, kind, day);
  const code = newReadableCode();
  const trial = { kind, ruleSet, number: 1, year: Number(day.slice(0, 4)), code, createdAt, ...(form ? { form } : {}) };
  await rendered(deps, trial, content);
  return putSlip(db, {
    dossierId,
    kind,
    occasion,
    ruleSet,
    content,
    code,
    issuedBy,
    createdAt,
    ...(form ? { form } : {}),
  });
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
  const name = slipForm(slip.kind, slip.ruleSet, slip.form).fileName;
  return { slip, bytes: await deps.files.read(sha256), fileName: `${name}-${slip.number}-${slip.year}.pdf` };
}

async function makeFile(db: Db, deps: SlipDependencies, slip: Slip): Promise<string> {
  const draft = await rendered(deps, slip, slip.content);
  const signed = deps.signer ? await signedDraft(draft, deps.signer, deps, slip) : draft;
  const stored = await deps.files.put(signed, { maxBytes: SLIP_BYTES_MAX });
  return putSlipFile(db, slip.id, stored);
}

async function rendered(
  deps: SlipDependencies,
  slip: SlipIdentity,
  content: SlipContents[SlipKind],
): Promise<Uint8Array> {
  const { kind, ruleSet, form, number, year, code, createdAt } = slip;
  const identity = { kind, ruleSet, number, year, code, createdAt, ...(form ? { form } : {}) };
  const render = deps.render ?? renderSlip;
  try {
    return await render(kind, content as never, { ...identity, portalOrigin: deps.portalOrigin });
  } catch (cause) {
    throw notMade(kind, cause);
  }
}

async function signedDraft(draft: Uint8Array, signer: Signer, deps: SlipDependencies, slip: Slip): Promise<Uint8Array> {
  try {
    return await sign(draft, signer, slip, (deps.clock ?? systemClock).now());
  } catch (cause) {
    throw notMade(slip.kind, cause);
  }
}

function notMade(kind: SlipKind, cause: unknown): AppError {
  const message = `slip ${kind} was not made: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new AppError("unavailable", { reason: "slip-not-made", message, cause });
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
