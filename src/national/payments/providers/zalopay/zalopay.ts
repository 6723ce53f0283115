import { AppError } from "#kit/errors.ts";
import {
  appTransId,
  CALLBACK_ANSWER,
  createOrder,
  orderOfAppTransId,
  queryOrder,
  queryRefund,
  type RefundAnswer,
  readCallbackBody,
  readOrderData,
  refundIdOf,
  refundOrder,
  SUB_CODE,
  verdictOfQuery,
  verifyCallback,
  ZALOPAY_AMOUNT_MAX,
  ZALOPAY_AMOUNT_MIN,
  type ZalopayApp,
} from "#protocols/zalopay/index.ts";
import type {
  AttemptFacts,
  CallbackAnswer,
  CallbackInput,
  CallbackReading,
  CallbackVerdict,
  PaymentProvider,
  RefundInput,
  RefundReport,
  Report,
  StartInput,
  StartOutcome,
} from "../provider.ts";

/** ZaloPay wallet, gateway version 2. */
export function zalopayProvider(app: ZalopayApp): PaymentProvider {
  return {
    id: "zalopay",
    name: "ZaloPay",
    channels: [{ code: "zalopay", kind: "wallet", name: "ZaloPay" }],
    amountMin: ZALOPAY_AMOUNT_MIN,
    amountMax: ZALOPAY_AMOUNT_MAX,
    minutesToPay: 15,
    origin: new URL(app.endpoint).origin,
    start: (input) => start(app, input),
    ask: (attempt) => ask(app, attempt),
    refund: (input) => refund(app, input),
    askRefund: (input) => askRefund(app, input),
    readCallback: (input) => readCallback(app, input),
    answerCallback,
  };
}

async function start(app: ZalopayApp, input: StartInput): Promise<StartOutcome> {
  try {
    const answer = await createOrder(app, {
      // No name and no number of the payer: the attempt's own.
      app_user: "dvcqg",
      app_trans_id: appTransId(input.providerOrder, input.createdAt),
      app_time: input.createdAt.getTime(),
      amount: input.amount,
      description: input.information.slice(0, 256),
      item: "[]",
      embed_data: JSON.stringify({ redirecturl: input.returnUrl }),
      bank_code: "",
      callback_url: input.ipnUrl,
      expire_duration_seconds: Math.max(
        300,
        Math.round((input.expiresAt.getTime() - input.createdAt.getTime()) / 1_000),
      ),
    });
    const code = `${answer.return_code}/${answer.sub_return_code}`;
    if (answer.return_code === 1 && answer.order_url && URL.canParse(answer.order_url)) {
      return { kind: "redirect", payUrl: answer.order_url };
    }
    // −68: an earlier call of ours did arrive. −500 and 3 say nothing.
    const undecided =
      answer.return_code !== 2 ||
      answer.sub_return_code === SUB_CODE.duplicate ||
      answer.sub_return_code === SUB_CODE.system;
    return { kind: undecided ? "unknown" : "rejected", code };
  } catch (error) {
    const code = reasonOf(error);
    // Never connected: ZaloPay knows nothing of it, the payer may choose another way at once.
    return { kind: code === "unreached" ? "rejected" : "unknown", code };
  }
}

async function ask(app: ZalopayApp, attempt: AttemptFacts): Promise<Report> {
  try {
    const answer = await queryOrder(app, appTransId(attempt.providerOrder, attempt.createdAt));
    const code = `${answer.return_code}/${answer.sub_return_code}`;
    const verdict = verdictOfQuery(answer);
    switch (verdict) {
      case "paid":
        return { kind: "captured", amount: answer.amount, transaction: String(answer.zp_trans_id), code };
      case "untouched":
      case "processing":
      case "unknown":
        return { kind: verdict, code };
      default:
        // A failure comes without an amount.
        return { kind: "failed", amount: attempt.amount, reason: verdict === "failed" ? "declined" : verdict, code };
    }
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

/** ZaloPay calls back for successes only. The mac is over `data` as it came, so it is checked before `data` is read. */
function readCallback(app: ZalopayApp, input: CallbackInput): CallbackReading {
  const raw = JSON.stringify(input.body ?? null).slice(0, 20_000);
  const body = readCallbackBody(input.body);
  if (!body) return { trusted: false, why: "malformed", raw };
  if (!verifyCallback(body, app.keyring)) return { trusted: false, why: "signature", raw };
  const order = readOrderData(body.data);
  const providerOrder = order && orderOfAppTransId(order.app_trans_id);
  if (!order || !providerOrder) return { trusted: false, why: "malformed", raw };
  if (order.app_id !== app.appId) return { trusted: false, why: "partner", raw };
  const report = { kind: "captured", amount: order.amount, transaction: String(order.zp_trans_id), code: "1" } as const;
  return { trusted: true, providerOrder, report, raw };
}

/** 1 and 2 end it, −1 says that the mac is wrong, 0 brings it back, at most three times. */
function answerCallback(verdict: CallbackVerdict): CallbackAnswer {
  const body = {
    recorded: CALLBACK_ANSWER.ok,
    already: CALLBACK_ANSWER.already,
    "not-final": CALLBACK_ANSWER.ok,
    "unknown-order": CALLBACK_ANSWER.again,
    "amount-differs": CALLBACK_ANSWER.again,
    untrusted: CALLBACK_ANSWER.wrongMac,
    trouble: CALLBACK_ANSWER.again,
  }[verdict];
  return { status: 200, body };
}

async function refund(app: ZalopayApp, input: RefundInput): Promise<RefundReport> {
  try {
    const answer = await refundOrder(app, {
      m_refund_id: nameOf(app, input),
      zp_trans_id: input.transaction,
      amount: input.amount,
      timestamp: Date.now(),
      description: input.reason.slice(0, 100),
    });
    return refundReport(answer, input);
  } catch (error) {
    const code = reasonOf(error);
    return { kind: code === "unreached" ? "absent" : "unknown", code };
  }
}

async function askRefund(app: ZalopayApp, input: RefundInput): Promise<RefundReport> {
  try {
    const answer = await queryRefund(app, { m_refund_id: nameOf(app, input), timestamp: Date.now() });
    if (answer.return_code === 2 && answer.sub_return_code === SUB_CODE.notFound) {
      return { kind: "absent", code: `${answer.return_code}/${answer.sub_return_code}` };
    }
    return refundReport(answer, input);
  } catch (error) {
    return { kind: "unknown", code: reasonOf(error) };
  }
}

function refundReport(answer: RefundAnswer, input: RefundInput): RefundReport {
  const code = `${answer.return_code}/${answer.sub_return_code}`;
  if (answer.return_code === 1) {
    return { kind: "refunded", transaction: String(answer.refund_id ?? input.refundId), code };
  }
  if (answer.return_code === 3) return { kind: "processing", code };
  // A used refund id means that an earlier call of ours arrived; a question they could not read says nothing.
  const undecided: readonly number[] = [SUB_CODE.duplicate, SUB_CODE.format, SUB_CODE.mac, SUB_CODE.system];
  return { kind: undecided.includes(answer.sub_return_code) ? "unknown" : "refused", code };
}

function nameOf(app: ZalopayApp, input: RefundInput): string {
  return refundIdOf(app.appId, input.refundId.replaceAll("-", ""), input.requestedAt);
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? (error.reason ?? error.code) : "error";
}
