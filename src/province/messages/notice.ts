/** The words of the messages room: what is told, on which channel, and how far it came. */
import type { Lang } from "#kit/i18n.ts";

export const CHANNELS = ["sms", "mail", "push", "zalo"] as const;

/** How a notice leaves the house; every notice also stands on the portal. */
export type NoticeChannel = (typeof CHANNELS)[number];

/** What happened, as the person is told. */
export const EVENTS = [
  "filed",
  "received",
  "declined",
  "supplement-requested",
  "supplement-reminder",
  "fee-due",
  "paid",
  "refunded",
  "payment-reversed",
  "put-off",
  "date-moved",
  "result-ready",
  "returned",
  "refused",
  "stopped",
  "withdrawn",
  "letter",
  "posted",
  "delivered",
  "delivery-failed",
  "letter-back",
  "letter-lost",
  "papers-missed",
  "papers-arrived",
  "postage-due",
  "postage-paid",
  "post-cancelled",
  "post-goes-on",
] as const;

export type NoticeEvent = (typeof EVENTS)[number];

/** All that a notice may say: nothing of a person but the given name. Instants as ISO 8601, amounts in đồng. */
export type NoticeFacts = {
  readonly number: number;
  readonly givenName: string;
  readonly code?: string;
  readonly dueAt?: string;
  readonly amount?: number;
};

export type Notice = {
  readonly id: string;
  readonly dossierId: string;
  readonly event: NoticeEvent;
  readonly facts: NoticeFacts;
  readonly at: Date;
  readonly readAt: Date | null;
};

export type NoticeChoice = { readonly channels: readonly NoticeChannel[]; readonly lang: Lang };

/** Until somebody chooses: what reaches most people. Zalo and push need a word of theirs first. */
export const DEFAULT_CHOICE: NoticeChoice = { channels: ["sms", "mail", "push"], lang: "vi" };

export type DeliveryStatus = "waiting" | "sent" | "failed";

export type NoticeDelivery = {
  readonly channel: NoticeChannel;
  readonly status: DeliveryStatus;
  readonly notBefore: Date;
  readonly tries: number;
  readonly sentAt: Date | null;
};

export type PushDevice = {
  readonly id: string;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly name: string;
  readonly addedAt: Date;
};
