import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { createSite } from "#kit/http/index.ts";
import { newSecretId } from "#kit/ids.ts";
import { nationalFailurePage } from "#national/portal/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, startStandIn, vnpayIpn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { paymentRoutes } from "./payment-routes.ts";
import { getAttempt } from "./payment-view.ts";
import { startAttempt } from "./start-attempt.ts";

test("a signed return address says why the bank declined, on that page only; an unsigned one and another payment's say nothing", async () => {
  const standIn = await startStandIn();
  await withDatabase("national", async (database) => {
    const hub = makeHub(database, standIn, systemClock);
    hub.log.level = "silent";
    const { log, origin } = hub;
    const site = await createSite({ name: "national", origin, cookie: "t", log, failurePage: nationalFailurePage });
    paymentRoutes(site, hub);
    const { body } = await answerPlatform(hub, merchant.token, initMessage("dvcreturn1"));
    const orderId = JSON.parse((body as { message: string }).message)
      .UrlThanhToan.split("/")
      .at(-1) as string;
    const attemptId = newSecretId();
    await startAttempt(hub, { orderId, attemptId, channel: "vnpay-ncb", payerIp: "127.0.0.1", lang: "vi" });
    // Asked, VNPAY says that it failed and not why.
    Object.assign(standIn.vnpay, { response: "00", status: "02", amount: 8_000 });
    const locked = { vnp_ResponseCode: "12", vnp_TransactionStatus: "02" };
    const shown = async (query: Record<string, string>) =>
      (await site.inject({ url: `/thanh-toan/ket-qua/${attemptId}`, query: { ...query, cho: "0" } })).body;
    const own = vnpayIpn(attemptId.replaceAll("-", ""), locked);
    assert.match(await shown(own), /Thanh toán không thành công[\s\S]*đang bị khóa/);
    for (const other of [{}, { ...own, vnp_ResponseCode: "51" }, vnpayIpn(newSecretId().replaceAll("-", ""), locked)])
      assert.match(await shown(other), /Thanh toán không thành công[\s\S]*từ chối giao dịch/);
    const paid = vnpayIpn(attemptId.replaceAll("-", ""), { vnp_ResponseCode: "00", vnp_TransactionStatus: "00" });
    assert.match(await shown(paid), /Thanh toán không thành công/);
    const { attempt } = await getAttempt(hub, attemptId);
    assert.deepEqual(
      [attempt.state, attempt.providerCode],
      ["failed", "00/02"],
      "what a browser brings is written nowhere",
    );
    await site.close();
  });
  await standIn.close();
});
