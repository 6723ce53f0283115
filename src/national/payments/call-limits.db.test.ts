import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { createSite } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { nationalFailurePage } from "#national/portal/index.ts";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, vnpayIpn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { platformRoutes } from "./platform-routes.ts";
import { startAttempt } from "./start-attempt.ts";

test("callbacks are limited in size and rate: a network that forges is not read any more, another one is", () =>
  withDatabase("national", async (database, place) => {
    const hub = makeHub(database, { url: "http://127.0.0.1:9" }, systemClock);
    hub.log.level = "silent";
    const { log, origin } = hub;
    const site = await createSite({ name: "national", origin, cookie: "t", log, failurePage: nationalFailurePage });
    platformRoutes(site, hub, { perSecond: 3, disbelievedPerMinute: 2 });
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvclimit1"));
    const orderId = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    const attemptId = newSecretId();
    await startAttempt(hub, { orderId, attemptId, channel: "vnpay-ncb", payerIp: "127.0.0.1", lang: "vi" });

    const momo = (payload: object, remoteAddress: string) =>
      site.inject({ method: "POST", url: "/thanh-toan/ipn/momo", payload, remoteAddress });
    const vnpay = (query: Record<string, string>, remoteAddress: string) =>
      site.inject({ url: "/thanh-toan/ipn/vnpay", query, remoteAddress });
    const evidence = async () =>
      (await withAdmin(place, (client) => client.query("select from payment_evidence"))).rowCount;

    const forger = "203.0.113.7";
    const forged = { ...momoIpn("x"), signature: "0" };
    for (let n = 0; n < 2; n += 1) assert.notEqual((await momo(forged, forger)).statusCode, 429);
    assert.equal((await momo(forged, forger)).statusCode, 429);
    assert.equal(await evidence(), 2);
    const paid = vnpayIpn(attemptId.replaceAll("-", ""));
    assert.equal((await vnpay(paid, forger)).statusCode, 429);
    assert.equal((await vnpay(paid, "203.0.113.8")).json().RspCode, "00");

    assert.equal((await momo({ ...momoIpn("x"), message: "x".repeat(25_000) }, "203.0.113.9")).statusCode, 413);
    const merchantCall = (token: string) =>
      site.inject({
        method: "POST",
        url: "/nen-tang/thanh-toan",
        headers: { authorization: `Bearer ${token}` },
        payload: initMessage("dvclimit2"),
        remoteAddress: "203.0.113.10",
      });
    for (let n = 0; n < 2; n += 1) assert.equal((await merchantCall("sai")).statusCode, 401);
    assert.equal((await merchantCall(merchant.token)).statusCode, 429);

    // Three a second, twelve at once: what is over is told to come again, and nothing of it is lost.
    const many = await Promise.all(Array.from({ length: 30 }, () => vnpay(paid, "203.0.113.11")));
    const refused = many.filter((answer) => answer.statusCode === 429);
    assert.ok(refused.length >= 15 && refused.length <= 18, `${refused.length} of 30 refused`);
    assert.equal(refused[0]?.headers["retry-after"], "60");
    await site.close();
  }));
