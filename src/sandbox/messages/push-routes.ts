/** Stand-ins for the browsers' push service and for Zalo's notifications; both show on the demo phone. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { systemClock } from "#kit/clock.ts";
import { sameText } from "#kit/crypto.ts";
import { AppError } from "#kit/errors.ts";
import { isId, newId, newSecretId } from "#kit/ids.ts";
import type { Control } from "../control/index.ts";
import type { Journal } from "../journal/index.ts";
import { obey } from "../obey.ts";
import type { Inbox, MessageEvent } from "./inbox.ts";
import { createPushHouse, isVapid } from "./push-service.ts";

export interface PushDeps {
  readonly origin: string;
  /** Folder of the sandbox. */
  readonly folder: string;
  readonly zaloToken: string;
  readonly push: { readonly inbox: Inbox; readonly journal: Journal<MessageEvent> };
  readonly zalo: { readonly inbox: Inbox; readonly journal: Journal<MessageEvent> };
  readonly control: Control;
}

export function pushRoutes(site: FastifyInstance, deps: PushDeps): void {
  const house = openHouse(deps.folder);
  /** A browser's subscription, as `PushSubscription.toJSON()` gives it. */
  site.get("/push/thiet-bi", { config: { api: true } }, async () => ({
    endpoint: `${deps.origin}/push/${newSecretId()}`,
    keys: { p256dh: house.publicKey.toString("base64url"), auth: house.auth.toString("base64url") },
  }));

  site.register(async (inner) => {
    inner.addContentTypeParser(
      "application/octet-stream",
      { parseAs: "buffer", bodyLimit: 8_192 },
      async (_request: unknown, body: Buffer) => body,
    );
    inner.post("/push/:id", { config: { csrf: false, api: true } }, async (request, reply) => {
      const { id } = request.params as { id: string };
      if (!isId(id)) throw new AppError("not-found", { message: "no such device" });
      if (!isVapid(request.headers.authorization ?? "", deps.origin, systemClock.now()))
        throw new AppError("forbidden", { reason: "vapid" });
      if (request.headers["content-encoding"] !== "aes128gcm" || request.headers.ttl === undefined)
        throw new AppError("invalid", { message: "aes128gcm and a TTL are needed" });
      const shown = read(house, request.body);
      const done = await obey(deps.control, "push", reply, () => {
        deps.push.journal.append({
          kind: "message",
          id: newId(),
          key: "",
          to: id.slice(0, 8),
          subject: shown.title,
          text: shown.body,
        });
        return true;
      });
      return done === undefined ? reply : reply.code(201).header("location", `${deps.origin}/push/${id}`).send();
    });
  });

  /** ZNS: `{ phone, template_id, template_data, tracking_id }` with the header `access_token`. */
  site.post("/zalo/message/template", { config: { csrf: false, api: true } }, async (request, reply) => {
    const token = request.headers["access_token"];
    if (typeof token !== "string" || !sameText(token, deps.zaloToken))
      return reply.send({ error: -124, message: "Access token invalid" });
    const { phone, template_id, template_data, tracking_id } = (request.body ?? {}) as Record<string, unknown>;
    if (typeof phone !== "string" || !/^84\d{9}$/.test(phone))
      return reply.send({ error: -108, message: "Phone number is invalid" });
    if (typeof template_id !== "string" || typeof template_data !== "object" || template_data === null)
      return reply.send({ error: -112, message: "Template ID is invalid" });
    const data = template_data as Record<string, unknown>;
    const key = typeof tracking_id === "string" ? tracking_id : "";
    const id = await obey(deps.control, "zalo", reply, () => {
      const known = key === "" ? undefined : deps.zalo.inbox.accepted(key);
      if (known) return known.id;
      const text = String(data["noi_dung"] ?? "");
      const subject = `${String(data["ho_so"] ?? "")}: ${String(data["trang_thai"] ?? "")}`;
      return deps.zalo.journal.append({ kind: "message", id: newId(), key, to: `0${phone.slice(2)}`, subject, text })
        .id;
    });
    if (id === undefined) return reply;
    return {
      error: 0,
      message: "Success",
      data: {
        msg_id: id,
        sent_time: String(systemClock.now().getTime()),
        quota: { dailyQuota: "500", remainingQuota: "499" },
      },
    };
  });
}

function read(house: ReturnType<typeof createPushHouse>, body: unknown): { title: string; body: string } {
  try {
    if (!Buffer.isBuffer(body)) throw new Error("no bytes");
    return house.open(body);
  } catch (error) {
    throw new AppError("invalid", { message: "not encrypted for this device", cause: error });
  }
}

/** The device keeps its keys over restarts, as a phone does. */
function openHouse(folder: string): ReturnType<typeof createPushHouse> {
  const file = path.join(folder, "push-device.json");
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { privateKey: string; auth: string })
    : undefined;
  const house = createPushHouse(kept);
  if (!kept) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(house.keys), { mode: 0o600 });
  }
  return house;
}
