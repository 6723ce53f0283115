import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import { newId } from "#kit/ids.ts";
import type { Log } from "#kit/log.ts";
import type { Control } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Inbox, MessageEvent } from "./inbox.ts";
import { readMail } from "./read-mail.ts";

export interface MailServer {
  listen(port: number): Promise<void>;
  close(): Promise<void>;
}

const LARGEST = 2_000_000;

/**
 * The mail server of the stand-in: takes every mail for anybody, on this machine only. A mail with a Message-ID that
 * was taken before is the sender's retry and is kept once.
 */
export function createMailServer(deps: {
  inbox: Inbox;
  journal: Journal<MessageEvent>;
  control: Control;
  log: Log;
}): MailServer {
  const make = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      size: LARGEST,
      logger: false,
      onConnect(_session, done) {
        if (!deps.control.take("mail", ["down"])) return done();
        done(Object.assign(new Error("service not available"), { responseCode: 421 }));
      },
      onData(stream, session, done) {
        const to = session.envelope.rcptTo.map((one) => one.address);
        // A mail that cannot be read is refused, too.
        readAll(stream)
          .then((source) => keep(deps, source, to))
          .then(
            () => done(),
            (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
          );
      },
    });
  const servers: SMTPServer[] = [];
  return {
    async listen(port) {
      for (const host of ["127.0.0.1", "::1"]) {
        const server = make();
        // A client that breaks its connection is its own affair.
        server.on("error", (error) => deps.log.debug({ err: error }, "mail connection ended"));
        const listening = await new Promise<boolean>((resolve, reject) => {
          server.server.once("error", (error) => (host === "::1" ? resolve(false) : reject(error)));
          server.listen(port, host, () => resolve(true));
        });
        if (listening) servers.push(server);
      }
    },
    async close() {
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error("message too large"), { responseCode: 552 });
  return Buffer.concat(chunks);
}

function keep(
  deps: { inbox: Inbox; journal: Journal<MessageEvent> },
  source: Buffer,
  recipients: readonly string[],
): void {
  const mail = readMail(source);
  const messageId = /^message-id:\s*(\S+)/im.exec(source.toString("latin1"))?.[1] ?? "";
  for (const to of recipients) {
    const key = messageId === "" ? "" : `${messageId} ${to}`;
    if (key !== "" && deps.inbox.accepted(key)) continue;
    deps.journal.append({ kind: "message", id: newId(), key, to, ...mail });
  }
}
