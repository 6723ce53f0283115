/**
 * One-time codes: sending, sending again, checking. The code leaves as a sealed job written with the challenge, so that a
 * crash between the two can neither lose the message nor send a code that does not exist.
 */
import { deriveKey, hmacSha256, openJson, randomDigits, sealJson } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import { messages } from "./messages.ts";
import {
  OTP_DIGITS,
  OTP_LIFE_SECONDS,
  OTP_RESEND_WAIT_SECONDS,
  OTP_ROUNDS_MAX,
  OTP_TRIES_MAX,
  type OtpOutcome,
  type OtpPurpose,
  type ResendOutcome,
} from "./otp.ts";
import {
  checkOtpRow,
  findOtp,
  giveTurnBack,
  type OtpChallenge,
  type OtpMessage,
  resendOtpRow,
  startOtp,
  takeTurn,
} from "./otp-store.ts";

const MESSAGE_SEAL = "national:message";
const SENDS_PER_PHONE_HOUR = 12;
const SENDS_PER_NETWORK_HOUR = 300;
const HOUR = 3_600;

export interface OtpRequest {
  readonly purpose: OtpPurpose;
  /** Id of the registration, sign-in or reset the code belongs to; also the challenge's own id. */
  readonly subject: string;
  /** Undefined: a decoy that nobody receives and nothing opens. */
  readonly phone: string | undefined;
  readonly lang: Lang;
  readonly network: string;
}

/** What the worker opens: `{ to, text, notAfter }`; a code that is out of date is not sent any more. */
export interface SealedSms {
  readonly to: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly notAfter: number;
}

/** Opens what `sendOtp` put into the queue. Throws when it is sealed with another key. */
export function openSealedSms(secret: string, payload: unknown): SealedSms | "not-sealed" {
  const sealed = (payload as Partial<OtpMessage> | null)?.sealed;
  if (typeof sealed !== "string") return "not-sealed";
  const sms = openJson(secret, MESSAGE_SEAL, sealed) as SealedSms | undefined;
  if (!sms) throw new Error("a queued message cannot be opened: is dataKeys.national the one it was sealed with?");
  return sms;
}

/** Starts a challenge inside the caller's transaction. Returns the seconds to wait when a limit on sending is reached. */
export async function sendOtp(db: Db, secret: string, request: OtpRequest): Promise<{ waitSeconds: number }> {
  const waitSeconds = await takeSendTurn(db, secret, request);
  if (waitSeconds > 0) return { waitSeconds };
  const made = makeCode(secret, request);
  await startOtp(db, {
    id: request.subject,
    purpose: request.purpose,
    subject: request.subject,
    codeHash: made.codeHash,
    lifeSeconds: OTP_LIFE_SECONDS,
    message: made.message,
  });
  return { waitSeconds: 0 };
}

export async function resendOtp(db: Db, secret: string, request: OtpRequest): Promise<ResendOutcome | "limit"> {
  if ((await takeSendTurn(db, secret, request)) > 0) return "limit";
  const made = makeCode(secret, request);
  const outcome = await resendOtpRow(db, {
    id: request.subject,
    codeHash: made.codeHash,
    lifeSeconds: OTP_LIFE_SECONDS,
    waitSeconds: OTP_RESEND_WAIT_SECONDS,
    roundsMax: OTP_ROUNDS_MAX,
    message: made.message,
  });
  if (outcome !== "sent") await giveSendTurnBack(db, secret, request);
  return outcome;
}

/** Judges a code. The caller does what the code opens in the same transaction, so that both happen or neither. */
export async function checkOtp(
  db: Db,
  secret: string,
  otp: { readonly purpose: OtpPurpose; readonly subject: string; readonly code: string },
): Promise<OtpOutcome> {
  return checkOtpRow(db, {
    id: otp.subject,
    purpose: otp.purpose,
    subject: otp.subject,
    codeHash: hashCode(secret, otp.purpose, otp.subject, otp.code),
    triesMax: OTP_TRIES_MAX,
  });
}

/** After the right code the turns it cost are given back: only sends without answers add up. */
export async function giveSendTurnBack(
  db: Db,
  secret: string,
  request: Pick<OtpRequest, "phone" | "network">,
): Promise<void> {
  for (const key of sendKeys(secret, request)) await giveTurnBack(db, key);
}

export function findOtpState(db: Db, purpose: OtpPurpose, subject: string): Promise<OtpChallenge | undefined> {
  return findOtp(db, purpose, subject, OTP_RESEND_WAIT_SECONDS);
}

async function takeSendTurn(db: Db, secret: string, request: OtpRequest): Promise<number> {
  const [networkKey, phoneKey] = sendKeys(secret, request);
  const byNetwork = networkKey ? await takeTurn(db, networkKey, SENDS_PER_NETWORK_HOUR, HOUR) : 0;
  const byPhone = phoneKey ? await takeTurn(db, phoneKey, SENDS_PER_PHONE_HOUR, HOUR) : 0;
  return Math.max(byNetwork, byPhone);
}

function sendKeys(secret: string, request: Pick<OtpRequest, "phone" | "network">): string[] {
  return [
    guardKey(secret, "sms-network", request.network),
    ...(request.phone === undefined ? [] : [guardKey(secret, "sms-phone", request.phone)]),
  ];
}

/** A name for what is guarded that does not say what it is: the tables hold no numbers and no addresses. */
export function guardKey(secret: string, kind: string, value: string): string {
  return `${kind}:${hmacSha256(deriveKey(secret, "national:guard"), `${kind}:${value}`).slice(0, 32)}`;
}

function makeCode(secret: string, request: OtpRequest): { codeHash: string; message: OtpMessage | undefined } {
  const code = randomDigits(OTP_DIGITS);
  const codeHash = hashCode(secret, request.purpose, request.subject, code);
  if (request.phone === undefined) return { codeHash: `decoy:${codeHash}`, message: undefined };
  const sms: SealedSms = {
    to: request.phone,
    text: messages[request.lang].otpSms(code, request.purpose, OTP_LIFE_SECONDS / 60),
    notAfter: Date.now() + OTP_LIFE_SECONDS * 1_000,
  };
  return { codeHash, message: { sealed: sealJson(secret, MESSAGE_SEAL, sms) } };
}

function hashCode(secret: string, purpose: OtpPurpose, subject: string, code: string): string {
  return hmacSha256(deriveKey(secret, "national:otp"), `${purpose}:${subject}:${code}`);
}
