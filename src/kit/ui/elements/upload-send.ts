/** One file sent in pieces, after tus 1.0: goes on after every break, from where the server says it is. */
export type Sent =
  | { readonly state: "taken"; readonly thumb: string; readonly notice: string }
  | { readonly state: "refused"; readonly message: string }
  /** The session ended: signing in leads back to the page, which goes on. */
  | { readonly state: "signed-out" }
  | { readonly state: "gone" }
  | { readonly state: "failed" };

export interface Sending {
  readonly to: string;
  readonly component: string;
  readonly file: File;
  readonly signal: AbortSignal;
  progress(share: number): void;
  /** Waiting for a connection, or for the server. */
  waits(why: "offline" | "server"): void;
}

const PIECE_MIN = 64 * 1_024;
const PIECE_MAX = 4 * 1_048_576;
/** Breaks in a row without any progress; then the person is asked. */
const PATIENCE = 12;

export async function sendFile(sending: Sending): Promise<Sent> {
  const sha256 = await hashOf(sending.file);
  let url: string | undefined;
  let offset = 0;
  let piece = 512 * 1_024;
  let breaks = 0;
  while (!sending.signal.aborted) {
    try {
      if (url === undefined) {
        const begun = await begin(sending, sha256);
        if ("state" in begun) return begun;
        ({ url, offset } = begun);
      }
      sending.progress(offset / sending.file.size);
      const started = performance.now();
      const answer = await fetch(url, {
        method: "PATCH",
        headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
        body: sending.file.slice(offset, offset + piece),
        signal: sending.signal,
      });
      if (answer.status === 200) {
        const { thumb = "", notice = "" } = (await answer.json()) as { thumb?: string; notice?: string };
        return { state: "taken", thumb, notice };
      }
      if (answer.status === 401) return { state: "signed-out" };
      if (answer.status === 422) return { state: "refused", message: await messageOf(answer) };
      // Swept, or the server forgot: it is begun again.
      if (answer.status === 404) url = undefined;
      if (answer.status !== 204) throw new Answered(answer.status, await messageOf(answer));
      offset = Number(answer.headers.get("upload-offset"));
      breaks = 0;
      // Pieces of about two seconds: large on a good line, small on a bad one.
      piece = Math.min(PIECE_MAX, Math.max(PIECE_MIN, (piece * 2_000) / Math.max(200, performance.now() - started)));
      piece = Math.round(piece);
    } catch (error) {
      if (sending.signal.aborted) break;
      breaks += 1;
      piece = PIECE_MIN;
      const said = error instanceof Answered ? error.said : "";
      // A server that says why is believed sooner than one that says nothing.
      if (breaks > (said ? PATIENCE / 4 : PATIENCE)) {
        return said ? { state: "refused", message: said } : { state: "failed" };
      }
      await pause(sending, breaks);
      const now = url === undefined ? undefined : await standing(url, sending.signal);
      if (now === "gone") url = undefined;
      else if (now !== undefined) offset = now;
    }
  }
  if (url !== undefined) void fetch(url, { method: "DELETE", keepalive: true }).catch(() => undefined);
  return { state: "gone" };
}

class Answered extends Error {
  readonly said: string;

  constructor(status: number, said: string) {
    super(`status ${status}`);
    this.said = said;
  }
}

async function begin(sending: Sending, sha256: string): Promise<{ url: string; offset: number } | Sent> {
  const { file, component, to, signal } = sending;
  const meta = [`filename ${base64(file.name)}`, `component ${base64(component)}`];
  if (sha256) meta.push(`sha256 ${base64(sha256)}`);
  const headers = { "tus-resumable": "1.0.0", "upload-length": String(file.size), "upload-metadata": meta.join(",") };
  const answer = await fetch(to, { method: "POST", headers, signal });
  if (answer.status === 401) return { state: "signed-out" };
  if (answer.status === 404 || answer.status === 409) return { state: "gone" };
  if (answer.status === 422) return { state: "refused", message: await messageOf(answer) };
  const url = answer.headers.get("location");
  if (answer.status !== 201 || !url) throw new Answered(answer.status, await messageOf(answer));
  return { url, offset: Number(answer.headers.get("upload-offset") ?? 0) };
}

/** How far it is; "gone" when the server knows nothing of it; undefined when it does not answer. */
async function standing(url: string, signal: AbortSignal): Promise<number | "gone" | undefined> {
  const answer = await fetch(url, { method: "HEAD", signal }).catch(() => undefined);
  if (answer?.status === 404) return "gone";
  return answer?.ok ? Number(answer.headers.get("upload-offset")) : undefined;
}

async function pause(sending: Sending, breaks: number): Promise<void> {
  const offline = navigator.onLine === false;
  sending.waits(offline ? "offline" : "server");
  await new Promise<void>((resolve) => {
    const done = (): void => {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      sending.signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = offline ? undefined : window.setTimeout(done, Math.min(20_000, 500 * 2 ** breaks));
    window.addEventListener("online", done);
    sending.signal.addEventListener("abort", done);
  });
}

async function messageOf(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as { errors?: readonly { message: string }[] };
  return (body.errors ?? []).map((error) => error.message).join(" ");
}

/** "" where the browser cannot (no secure connection): then the server has nothing to compare with. */
async function hashOf(file: File): Promise<string> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return "";
  const digest = await subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text.normalize("NFC").slice(0, 500))));
}
