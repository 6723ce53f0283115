/** The province's side: signs in for a session, sends dossiers and their progress, and asks again as the portal wants it. */
import { AppError } from "#kit/errors.ts";
import { type DossierRecord, type ProgressRecord, type SyncAnswer, SYNC_CODES } from "./messages.ts";
import { readSyncMessage } from "./schemas.ts";

const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 200_000;

export interface SyncPartner {
  /** Address that takes the services; `/dang-nhap` below it signs in. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** madonvi: identifier of the sending province, e.g. 000.00.00.H53 */
  readonly unit: string;
}

export interface SyncClient {
  /**
   * Sends a dossier as it stands. `known`: the portal should have it already. When it says otherwise ("đã tồn tại" for a
   * new one) the other way is tried once. Throws AppError `unavailable` (time-out, unreachable, unreadable: send again
   * later) or `invalid` (the portal refuses the content: sending again cannot help).
   */
  sendDossier(record: DossierRecord, known: boolean): Promise<void>;
  sendProgress(records: readonly ProgressRecord[]): Promise<void>;
}

export function createSyncClient(partner: SyncPartner): SyncClient {
  let session: Promise<string> | undefined;

  const signIn = async (): Promise<string> => {
    const body = await post(`${partner.url}/dang-nhap`, { username: partner.username, password: partner.password });
    const answer = readSyncMessage(
      "signInAnswer",
      typeof body === "object" && body ? { session: "", ...body, error_code: codeOf(body) } : body,
    );
    if (!answer.ok) throw unreadable(answer.why);
    if (answer.message.error_code !== SYNC_CODES.done || !answer.message.session) {
      throw new AppError("unavailable", {
        reason: "sign-in",
        message: `the portal refuses the sign-in of ${partner.username}`,
      });
    }
    return answer.message.session;
  };

  /** One call; a session that has ended is renewed once. */
  const call = async (service: string, content: object): Promise<SyncAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      session ??= signIn();
      const mine = session;
      try {
        const body = await post(partner.url, { session: await mine, madonvi: partner.unit, service, ...content });
        const answer = readSyncMessage(
          "answer",
          typeof body === "object" && body ? { message: "", ...body, error_code: codeOf(body) } : body,
        );
        if (!answer.ok) throw unreadable(answer.why);
        if (answer.message.error_code !== SYNC_CODES.session || attempt > 1) return answer.message;
      } catch (error) {
        if (session === mine) session = undefined;
        throw error;
      }
      if (session === mine) session = undefined;
    }
  };

  return {
    async sendDossier(record, known) {
      const first = await call("DongBoHoSoMC", { isUpdating: known ? "True" : "False", data: [record] });
      if (first.error_code === SYNC_CODES.done) return;
      const otherWay = known ? first.error_code === SYNC_CODES.unknown : alreadyThere(first);
      const answer = otherWay
        ? await call("DongBoHoSoMC", { isUpdating: known ? "False" : "True", data: [record] })
        : first;
      if (answer.error_code !== SYNC_CODES.done) throw refused("DongBoHoSoMC", answer);
    },
    async sendProgress(records) {
      const answer = await call("CapNhatTienDoHoSoMC", { data: records });
      if (answer.error_code !== SYNC_CODES.done) throw refused("CapNhatTienDoHoSoMC", answer);
    },
  };
}

/** "3" and "-3" say that the dossier is there; some portals only say it in words. */
function alreadyThere(answer: SyncAnswer): boolean {
  return answer.error_code === "3" || answer.error_code === "-3" || /đã tồn tại/i.test(answer.message.normalize("NFC"));
}

/** Real portals answer numbers and texts. */
function codeOf(body: object): string {
  return String((body as { error_code?: unknown }).error_code ?? "");
}

function refused(service: string, answer: SyncAnswer): AppError {
  const code = answer.error_code === SYNC_CODES.invalid ? "invalid" : "unavailable";
  return new AppError(code, {
    reason: "refused",
    message: `${service} answered ${answer.error_code}: ${answer.message.slice(0, 200)}`,
  });
}

async function post(url: string, content: object): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(content),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (text.length > ANSWER_MAX) throw unreadable("the answer is too long");
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof SyntaxError) throw unreadable("not JSON");
    const timedOut = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError("unavailable", {
      reason: timedOut ? "timeout" : "unreachable",
      message: `no answer from ${new URL(url).origin}`,
      cause,
    });
  }
}

function unreadable(why: string): AppError {
  return new AppError("unavailable", { reason: "unreadable", message: `answer of the portal: ${why}` });
}
