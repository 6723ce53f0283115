/** A reminder in words, for the page and the mail. Pure. */
import { formatDateTime } from "#kit/calendar.ts";
import type { Lang } from "#kit/i18n.ts";
import { loadTenants } from "#province/tenants/index.ts";
import { messages } from "./messages.ts";
import type { Reminder } from "./reminder.ts";

export function reminderText({ kind, facts }: Pick<Reminder, "kind" | "facts">, lang: Lang): string {
  const t = messages[lang].kinds;
  const code = facts.code ?? messages[lang].noCode;
  const due = facts.dueAt && !Number.isNaN(Date.parse(facts.dueAt)) ? formatDateTime(new Date(facts.dueAt)) : "";
  const name = facts.name ?? "";
  switch (kind) {
    case "half-left":
      return t.halfLeft(code, due);
    case "fifth-left":
      return t.fifthLeft(code, due);
    case "late":
      return t.late(code, due);
    case "urged":
      return t.urged(code, name, facts.text ?? "");
    case "digest":
      return t.digest(facts.late ?? 0, facts.soon ?? 0, facts.unreceived ?? 0);
    case "opinion-asked":
      return t.opinionAsked(code, name, due);
    case "opinion-answered":
      return t.opinionAnswered(code, name);
    case "opinion-taken-back":
      return t.opinionTakenBack(code, name);
    case "opinion-overdue":
      return t.opinionOverdue(code, name, due);
    case "supplement-answered":
      return t.supplementAnswered(code);
    case "supplement-expired":
      return t.supplementExpired(code);
    case "supplement-stopped":
      return t.supplementStopped(code);
    case "linked-unfinished":
      return t.linkedUnfinished(loadTenants().find((one) => one.code === facts.province)?.name[lang] ?? name);
  }
}

/** Where a reminder leads at the desk. */
export function reminderPath({ kind, facts, dossierId }: Pick<Reminder, "kind" | "facts" | "dossierId">): string {
  if (kind === "digest") return "/qua-han";
  if (kind === "linked-unfinished") return "/quan-tri/lien-tinh";
  if (facts.opinionId !== undefined && kind !== "opinion-answered") return `/y-kien/${facts.opinionId}`;
  return dossierId ? `/ho-so/${dossierId}` : "/nhac-viec";
}

/** One mail for everything that is new. No link but the desk's own first page: the officer signs in there. */
export function mailOfReminders(
  reminders: readonly Pick<Reminder, "kind" | "facts">[],
  to: { readonly name: string; readonly sender: string; readonly address: string },
): { readonly subject: string; readonly text: string } {
  const t = messages.vi.mail;
  const [first] = reminders;
  const subject = reminders.length === 1 && first ? reminderText(first, "vi") : t.subject(reminders.length);
  const lines = reminders.map((one) => `- ${reminderText(one, "vi")}`).join("\n");
  return { subject: subject.slice(0, 150), text: t.text(to.name, lines, to.address, to.sender) };
}
