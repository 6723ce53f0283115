/** The control slip of a dossier: every hand-over that its history tells. Pure. */
import type { Dossier, HistoryEntry } from "#province/dossiers/index.ts";
import type { ControlSlipContent, ControlStep } from "#province/slips/index.ts";
import { type SlipFacts, slipHead } from "./slip-content.ts";

const ONE_STOP = "Bộ phận Một cửa";
const SIGNER = "Lãnh đạo ký";

/** What hands the dossier on, in the words of the form; everything else in the history stays where the dossier is. */
const NOTES: Readonly<Record<string, string>> = {
  receive: "Tiếp nhận hồ sơ",
  forward: "Chuyển thụ lý",
  step: "Xong bước",
  "request-supplement": "Yêu cầu bổ sung hồ sơ",
  "answer-supplement": "Bổ sung hồ sơ",
  "record-result": "Nhập kết quả, trình ký",
  "sign-result": "Ký số kết quả",
  "return-result": "Trả kết quả",
  refuse: "Từ chối giải quyết",
  stop: "Dừng giải quyết",
};

export function controlContent(facts: SlipFacts, history: readonly HistoryEntry[]): ControlSlipContent {
  const { dossier } = facts;
  return {
    ...slipHead(facts),
    ...(dossier.dueAt ? { dueAt: dossier.dueAt.toISOString() } : {}),
    steps: history.filter(({ action }) => Object.hasOwn(NOTES, action)).map((entry) => stepOf(dossier, entry)),
  };
}

function stepOf(dossier: Dossier, entry: HistoryEntry): ControlStep {
  const { action, actor, at, detail } = entry;
  const said = [detail["note"], detail["reason"]].find((one): one is string => typeof one === "string" && one !== "");
  // A step of the internal procedure has a deadline of its own.
  const stepDue = typeof detail["stepDueAt"] === "string" ? new Date(detail["stepDueAt"]) : null;
  const result = stepDue ? inTime(at, stepDue) : action === "sign-result" ? inTime(at, dossier.dueAt) : undefined;
  const step = action === "step" && typeof detail["step"] === "string" ? detail["step"] : "";
  return {
    ...between(dossier, entry, actor.name),
    at: at.toISOString(),
    ...(result ? { result } : {}),
    note: [[NOTES[action] ?? "", step].filter(Boolean).join(": "), said ?? ""].filter(Boolean).join(". ").slice(0, 400),
  };
}

function between(
  dossier: Dossier,
  { action, detail }: HistoryEntry,
  actor: string,
): { giver: string; receiver: string } {
  const applicant = dossier.applicant.name;
  const next = typeof detail["next"] === "string" ? detail["next"] : undefined;
  switch (action) {
    case "step":
      return { giver: actor, receiver: next ?? "" };
    case "receive":
      return { giver: applicant, receiver: actor };
    case "answer-supplement":
      return { giver: applicant, receiver: ONE_STOP };
    case "forward":
      return { giver: actor, receiver: typeof detail["toOfficer"] === "string" ? detail["toOfficer"] : (next ?? "") };
    case "record-result":
      return { giver: actor, receiver: next ?? SIGNER };
    case "sign-result":
      return { giver: actor, receiver: next ?? ONE_STOP };
    default:
      return { giver: actor, receiver: applicant };
  }
}

const DAY_MS = 86_400_000;

/** Before the day of the appointment, on it, or after it. */
function inTime(at: Date, dueAt: Date | null): ControlStep["result"] {
  if (!dueAt) return undefined;
  if (at > dueAt) return "late";
  return dueAt.getTime() - at.getTime() > DAY_MS ? "early" : "on-time";
}
