import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemClock } from "#kit/clock.ts";
import { newSecretId } from "#kit/ids.ts";
import { signQuery } from "#protocols/payment-order/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { initMessage, makeHub, merchant, momoIpn, type StandIn, startStandIn } from "#tests/support/hub.ts";
import { answerPlatform } from "./answer-platform.ts";
import { receiveCallback } from "./receive-callback.ts";
import { startAttempt } from "./start-attempt.ts";

let standIn: StandIn;
before(async () => {
  standIn = await startStandIn();
});
after(() => standIn.close());

test("GET_BILL gives the merchant a PDF of what was paid, and nothing before it was paid or to a wrong hash", () =>
  withDatabase("national", async (database) => {
    const hub = makeHub(database, standIn, systemClock);
    const reference = "dvc36381620200722081949";
    const { body } = await answerPlatform(hub, merchant.token, initMessage(reference));
    const orderId = String(
      JSON.parse((body as { message: string }).message)
        .UrlThanhToan.split("/")
        .at(-1),
    );
    const question = {
      LoaiBanTin: "GET_BILL",
      PhienBan: "1.0.6",
      MaDoiTac: merchant.code,
      MaThamChieu: reference,
      ThoiGianGD: "20200722081949",
    } as const;
    const ask = async (secret: string) => {
      const answer = await answerPlatform(hub, merchant.token, { ...question, MaXacThuc: signQuery(question, secret) });
      return JSON.parse((answer.body as { message: string }).message) as { MaLoi: string; NoiDungTep?: string };
    };
    assert.notEqual((await ask(merchant.secrets[0])).MaLoi, "00", "nobody has paid yet");

    const attemptId = newSecretId();
    await startAttempt(hub, { orderId, attemptId, channel: "momo", payerIp: "127.0.0.1", lang: "vi" });
    await receiveCallback(hub, hub.providers.get("momo"), { query: {}, body: momoIpn(attemptId.replaceAll("-", "")) });
    const bill = await ask(merchant.secrets[0]);
    assert.equal(bill.MaLoi, "00");
    assert.equal(
      Buffer.from(bill.NoiDungTep ?? "", "base64")
        .subarray(0, 5)
        .toString(),
      "%PDF-",
    );
    assert.equal((await ask("another secret of sixteen")).NoiDungTep, undefined);
  }));
