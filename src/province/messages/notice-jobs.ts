/** The worker's part: notices are written and carried out, each delivery on its own and tried a bounded number of times. */
import type { Clock } from "#kit/clock.ts";
import type { Database, Db } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import { type Job, type JobHandler, JobLater, JobRefused } from "#kit/jobs.ts";
import { findDossier } from "#province/dossiers/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { Notice, NoticeChannel } from "./notice.ts";
import { markMissed, markPostponed, markSent, removeDevice } from "./notice-store.ts";
import { findChoice, findDelivery, listDevices } from "./notice-view.ts";
import { sendPush } from "./push-gateway.ts";
import { notBefore } from "./quiet-hours.ts";
import { tellCitizen } from "./tell-citizen.ts";
import { mailOf, type NoticeTexts, noticeText, noticeTitle, shortNumber, smsText } from "./templates.ts";
import { readQuiet, readTexts } from "./text-view.ts";
import type { VapidKeys } from "./vapid-keys.ts";
import { sendZalo, type ZaloSettings } from "./zalo-gateway.ts";

export interface NoticeJobDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** The gateway of SMS and mail; the job's id makes a retried send one message. */
  readonly send: JobHandler;
  readonly zalo: ZaloSettings | undefined;
  readonly push: { readonly keys: () => VapidKeys; readonly subject: string };
  /** Of a province, for links in mails. */
  readonly portalOrigin: (tenant: string) => string;
}

/** With the worker's backoff about four hours. */
const TRIES_MAX = 12;

export function noticeJobs(deps: NoticeJobDeps): Readonly<Record<string, JobHandler>> {
  return {
    "citizen-notice": async (job) => {
      const { dossierId, source } = job.payload as { dossierId: string; source: string };
      const { database, clock } = deps;
      const zalo = deps.zalo !== undefined;
      await tellCitizen({ database, clock, zalo }, { tenant: tenantOf(job), dossierId, source });
    },
    "notice-delivery": async (job) => deliver(deps, job),
  };
}

function tenantOf(job: Job): string {
  if (!job.tenant) throw new JobRefused("a notice without a province");
  return job.tenant;
}

async function deliver(deps: NoticeJobDeps, job: Job): Promise<void> {
  const tenant = tenantOf(job);
  const db = deps.database.forTenant(tenant);
  const { deliveryId } = job.payload as { deliveryId: string };
  const delivery = await findDelivery(db, deliveryId);
  if (delivery?.status !== "waiting") return;
  await keepQuiet(deps, db, deliveryId);
  try {
    await carry(deps, job, tenant, delivery);
  } catch (error) {
    const final = job.attempts >= TRIES_MAX || error instanceof JobRefused;
    await markMissed(db, deliveryId, error instanceof Error ? error.message : "unknown", final);
    if (!final) throw error;
    throw new JobRefused("not delivered", { cause: error });
  }
  await markSent(db, deliveryId);
}

/** A gateway that failed in the evening, or a worker that was down, is no reason to ring at night. */
async function keepQuiet({ clock }: NoticeJobDeps, db: Db, deliveryId: string): Promise<void> {
  const now = clock.now();
  const morning = notBefore(now, await readQuiet(db));
  if (morning <= now) return;
  await markPostponed(db, deliveryId, morning);
  throw new JobLater((morning.getTime() - now.getTime()) / 1_000);
}

type Delivery = Notice & { readonly sub: string; readonly channel: NoticeChannel; readonly deliveryId: string };

async function carry(deps: NoticeJobDeps, job: Job, tenant: string, delivery: Delivery): Promise<void> {
  const db = deps.database.forTenant(tenant);
  const { facts, channel, dossierId } = delivery;
  const [{ lang }, texts] = await Promise.all([findChoice(db, delivery.sub), readTexts(db)]);
  const owner = findTenant(tenant);
  if (channel === "push") return carryPush(deps, tenant, delivery, { lang, texts });
  const dossier = await findDossier(deps.database, { tenant, dossierId });
  const { phone, email } = dossier?.applicant ?? {};
  if (channel === "mail") {
    const address = `${deps.portalOrigin(tenant)}/ho-so/${dossierId}`;
    const mail = mailOf(delivery, lang, { sender: owner.portalName[lang], address }, texts);
    if (!email) throw new JobRefused("no address");
    return deps.send({ ...job, payload: { channel: "mail", to: email, ...mail } });
  }
  if (!phone) throw new JobRefused("no phone");
  if (channel === "sms") {
    const text = smsText(delivery, lang, `DVC ${owner.name[lang]}`, texts);
    return deps.send({ ...job, payload: { channel: "sms", to: phone, text } });
  }
  if (!deps.zalo) throw new JobRefused("no Zalo account");
  await sendZalo(deps.zalo, {
    phone,
    trackingId: delivery.deliveryId,
    data: {
      ho_so: shortNumber(facts.number),
      trang_thai: noticeTitle(delivery, lang, texts),
      noi_dung: noticeText(delivery, lang, texts),
    },
  });
}

/** To every device of the person; those that unsubscribed are forgotten. The tag makes a repetition replace the first. */
async function carryPush(
  deps: NoticeJobDeps,
  tenant: string,
  delivery: Delivery,
  { lang, texts }: { readonly lang: Lang; readonly texts: NoticeTexts },
): Promise<void> {
  const db = deps.database.forTenant(tenant);
  const payload = {
    title: `${shortNumber(delivery.facts.number)}: ${noticeTitle(delivery, lang, texts)}`,
    body: noticeText(delivery, lang, texts),
    url: `/ho-so/${delivery.dossierId}`,
    tag: delivery.id,
  };
  const devices = await listDevices(db, delivery.sub);
  if (devices.length === 0) throw new JobRefused("no device");
  const sender = { keys: deps.push.keys(), subject: deps.push.subject };
  let reached = 0;
  let failure: Error | undefined;
  for (const device of devices) {
    try {
      if ((await sendPush(device, payload, sender)) === "gone") await removeDevice(db, delivery.sub, device.id);
      else reached += 1;
    } catch (error) {
      failure = error instanceof Error ? error : new Error("push failed", { cause: error });
    }
  }
  if (reached === 0) throw failure ?? new JobRefused("every device has unsubscribed");
}
