/** The words of the reminders room. */
export const REMINDER_KINDS = [
  "half-left",
  "fifth-left",
  "late",
  "urged",
  "digest",
  "opinion-asked",
  "opinion-answered",
  "opinion-taken-back",
  "opinion-overdue",
  "supplement-answered",
  "supplement-expired",
  "supplement-stopped",
  "linked-unfinished",
] as const;

/** What an officer is told. */
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** All that a reminder may say: no name of a citizen, no paper number. Instants as ISO 8601. */
export type ReminderFacts = {
  readonly code?: string | null;
  readonly dueAt?: string;
  /** An officer's or a unit's name. */
  readonly name?: string;
  /** Code of another province. */
  readonly province?: string;
  readonly opinionId?: string;
  readonly text?: string;
  /** Of a digest: how many dossiers of the officer's units are late, nearly late, and late to be received. */
  readonly late?: number;
  readonly soon?: number;
  readonly unreceived?: number;
};

export type Reminder = {
  readonly seq: number;
  readonly kind: ReminderKind;
  readonly dossierId: string | null;
  readonly facts: ReminderFacts;
  readonly at: Date;
  readonly readAt: Date | null;
};
