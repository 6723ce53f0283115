/**
 * Sending SMS and mail through the configured gateways. Called by the worker for queue `send-message`; the request that
 * causes a message only puts the job, in its own transaction (`messageJob` gives queue, key and payload).
 */
import { createTransport } from "nodemailer";
import type { Config } from "./config.ts";
import { type Job, type JobHandler, JobRefused } from "./jobs.ts";

export interface SmsMessage {
  readonly channel: "sms";
  readonly to: string;
  readonly text: string;
}

export interface MailMessage {
  readonly channel: "mail";
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export type OutgoingMessage = SmsMessage | MailMessage;

export const SEND_MESSAGE = "send-message";

const TIMEOUT_MS = 10_000;

/** SMS have no links (people are taught never to follow one) and at most 3 parts. */
export function checkMessage(message: OutgoingMessage): void {
  if (message.channel === "sms" && /https?:|www\./i.test(message.text)) throw new JobRefused("an SMS with a link");
  if (message.text.length > (message.channel === "sms" ? 400 : 20_000)) throw new JobRefused("message too long");
}

/** Handler of `send-message`. The job's id is the idempotency key: a retried send is one message at the gateway. */
export function createMessageSender(options: {
  readonly building: "national" | "province";
  readonly services: Config["services"];
  readonly smsKey: string;
}): JobHandler {
  const mail = createTransport({
    host: options.services.mail.host,
    port: options.services.mail.port,
    ignoreTLS: options.services.mail.host === "localhost",
    connectionTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return async (job: Job) => {
    const message = job.payload as OutgoingMessage;
    checkMessage(message);
    const key = `${options.building}-${job.id}`;
    if (message.channel === "mail") {
      await mail.sendMail({
        from: options.services.mail.from,
        to: message.to,
        subject: message.subject,
        text: message.text,
        messageId: `<${key}@motcua>`,
      });
      return;
    }
    const response = await fetch(options.services.sms.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${options.smsKey}`,
        "idempotency-key": key,
      },
      body: JSON.stringify({ to: message.to, text: message.text }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`SMS gateway answered ${response.status}`);
  };
}
