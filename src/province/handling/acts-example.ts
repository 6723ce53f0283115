/** For tests: every act of the desk as its form sends it, by the stand of the dossier in which it is done. */
import { type Dossier, findDossier } from "#province/dossiers/index.ts";
import type { Database } from "#kit/db.ts";
import { type DeskExample, samplePdf } from "./desk-example.ts";

const origin = "http://localhost:8083";
const tenant = "tayninh";
const REASON = "Trẻ đã được đăng ký khai sinh tại phường 1 ngày 02/03/2024; đề nghị xin bản sao trích lục.";

export interface Act {
  readonly name: string;
  readonly path: string;
  readonly who: "tiepnhan" | "chuyenvien" | "lanhdao";
  /** What is typed; each of `kept` must stand in the answer. */
  readonly typed: Readonly<Record<string, string>>;
  readonly kept: readonly string[];
  readonly file?: true;
}

export const NOTE = "Tôi đã gọi điện cho người nộp lúc 9 giờ.";
const act = (
  name: string,
  who: Act["who"],
  path: string,
  typed: Act["typed"] = { note: NOTE },
  kept: readonly string[] = Object.values(typed),
): Act => ({ name, path, who, typed, kept });

const DEMAND = {
  ma: "0193a0c2-7a11-4f3e-8a52-3f1d2c4b5a69",
  "other-amount": "8000",
  "other-name": "Cấp thêm bản sao",
  "other-basis": "TT 281/2016/TT-BTC",
  why: REASON,
};
const RESULT = { number: "12/KS", summary: "Trích lục khai sinh", effectiveOn: "02/03/2026", expiresOn: "" };
const ending = (viec: string) => act(viec, "chuyenvien", "tu-choi", { viec, reason: REASON }, [REASON]);

export const ACTS = {
  filed: [
    act("note", "tiepnhan", "luu"),
    act("sign-copies", "tiepnhan", "ky-so"),
    act("receive", "tiepnhan", "tiep-nhan"),
    act("to an act's page", "tiepnhan", "mo", { viec: "decline", note: NOTE }, [NOTE]),
    act("decline", "tiepnhan", "tu-choi", { viec: "decline", reason: REASON }, [REASON]),
    act("request-supplement", "tiepnhan", "bo-sung", { chon: "f-nksHoTen", "noi-ro-f-nksHoTen": REASON }, [REASON]),
    act("claim", "tiepnhan", "nhan-xu-ly", {}),
    act("assign", "lanhdao", "giao", {}),
  ],
  received: [
    act("forward", "tiepnhan", "chuyen-thu-ly", { note: NOTE }, [NOTE]),
    act("reschedule", "lanhdao", "gia-han", { days: "2", reason: REASON, lateReason: REASON }, [REASON]),
    act("require-fee", "chuyenvien", "yeu-cau-nop-phi"),
    ending("refuse"),
    ending("stop"),
    {
      ...act("record-result", "chuyenvien", "ket-qua", RESULT, ["12/KS", "Trích lục khai sinh", "kq.pdf"]),
      file: true,
    },
    act("demand-fee", "chuyenvien", "phi/yeu-cau", DEMAND, ["Cấp thêm bản sao", REASON]),
  ],
  entered: [act("sign-result", "lanhdao", "ky-ket-qua")],
  ready: [act("return-result", "tiepnhan", "tra-ket-qua")],
} as const satisfies Record<string, readonly Act[]>;

async function at(desk: DeskExample, username: string) {
  const cookie = await desk.signIn(username);
  const get = (url: string) => desk.site.inject({ url, headers: { cookie } });
  const send = (url: string, payload: string | Buffer, type: string) =>
    desk.site.inject({ method: "POST", url, headers: { cookie, origin, "content-type": type }, payload });
  const post = (url: string, values: Record<string, string | string[]>) => {
    const pairs = Object.entries(values).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    return send(url, new URLSearchParams(pairs).toString(), "application/x-www-form-urlencoded");
  };
  const upload = async (url: string, values: Record<string, string>, bytes: Uint8Array) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.append(name, value);
    form.append("file", new Blob([Buffer.from(bytes)]), "kq.pdf");
    const request = new Request("http://x/", { method: "POST", body: form });
    return send(url, Buffer.from(await request.arrayBuffer()), request.headers.get("content-type") ?? "");
  };
  return { get, post, upload };
}

export type People = Readonly<Record<Act["who"] | "ketoan", Awaited<ReturnType<typeof at>>>>;

export async function everybody(desk: DeskExample): Promise<People> {
  const [tiepnhan, chuyenvien, lanhdao, ketoan] = await Promise.all(
    ["tiepnhan", "chuyenvien", "lanhdao", "ketoan"].map((role) => at(desk, `${role}.tayninh`)),
  );
  if (!tiepnhan || !chuyenvien || !lanhdao || !ketoan) throw new Error("four officers");
  return { tiepnhan, chuyenvien, lanhdao, ketoan };
}

export async function stand(database: Database, id: string): Promise<Dossier> {
  const dossier = await findDossier(database, { tenant, dossierId: id });
  if (!dossier) throw new Error(`no dossier ${id}`);
  return dossier;
}

/** Sends an act as the page of this version would. */
export async function send(
  people: People,
  one: Act,
  id: string,
  version: number,
  to: string,
  who = one.who as keyof People,
) {
  const values = { version: String(version), ...one.typed, to, "can-bo": to };
  const url = `/ho-so/${id}/${one.path}`;
  return one.file ? people[who].upload(url, values, await samplePdf("KQ")) : people[who].post(url, values);
}
