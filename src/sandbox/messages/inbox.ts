import type { Recorded } from "../journal/index.ts";

export const MESSAGE_CHANNELS = ["sms", "mail", "zalo", "push"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** A message that arrived on the stand-in's phone or in its mailbox, as `GET /messages` gives it. */
export interface Message {
  readonly id: string;
  readonly channel: MessageChannel;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
}

export type MessageEvent = {
  readonly kind: "message";
  readonly id: string;
  readonly key: string;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
};

/** Kept in memory per channel; the journal keeps all. */
const KEPT = 2000;

/** The messages of one channel, newest last; rebuilt from its journal. */
export class Inbox {
  readonly channel: MessageChannel;
  #messages: Message[] = [];
  readonly #byKey = new Map<string, MessageEvent>();

  constructor(channel: MessageChannel) {
    this.channel = channel;
  }

  readonly apply = (event: Recorded<MessageEvent>): void => {
    const { id, to, subject, text, at } = event;
    this.#messages.push({
      id,
      channel: this.channel,
      to,
      ...(subject === undefined ? {} : { subject }),
      text,
      sentAt: at,
    });
    if (this.#messages.length > KEPT) this.#messages = this.#messages.slice(-KEPT / 2);
    if (event.key !== "") this.#byKey.set(event.key, event);
  };

  /** The message that was accepted under this idempotency key. */
  accepted(key: string): MessageEvent | undefined {
    return this.#byKey.get(key);
  }

  all(): readonly Message[] {
    return this.#messages;
  }
}

export interface MessageQuery {
  /** At most this many, newest first. */
  readonly limit: number;
  /** Only messages sent after this instant (ISO 8601), when given. */
  readonly since?: string;
  /** Only to this number or address, when given. */
  readonly to?: string;
  readonly channel?: MessageChannel;
}

/** Messages of all inboxes, newest first. */
export function listMessages(inboxes: readonly Inbox[], query: MessageQuery): Message[] {
  return inboxes
    .flatMap((inbox) => (query.channel && inbox.channel !== query.channel ? [] : [...inbox.all()]))
    .filter((message) => query.since === undefined || message.sentAt > query.since)
    .filter((message) => query.to === undefined || message.to === query.to)
    .map((message, index) => ({ message, index }))
    .sort((a, b) =>
      a.message.sentAt === b.message.sentAt ? b.index - a.index : a.message.sentAt < b.message.sentAt ? 1 : -1,
    )
    .slice(0, query.limit)
    .map(({ message }) => message);
}
