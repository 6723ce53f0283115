import QRCode from "qrcode";
import { formatDateTime } from "#kit/calendar.ts";
import { isId } from "#kit/ids.ts";
import { qrText } from "#protocols/vietqr/index.ts";
import type { TransferPageProps } from "./pages/transfer-page.ts";
import { paymentPaths } from "./paths.ts";
import type { PaymentHub } from "./payment.ts";
import { findAttempt, findOrder } from "./payment-store.ts";
import { listUnmatchedOf } from "./statement-view.ts";

/** What the payer needs to transfer; "over" when the attempt has ended, undefined when there is no such transfer. */
export async function viewTransfer(
  hub: PaymentHub,
  attemptId: string,
): Promise<Omit<TransferPageProps, "lang"> | "over" | undefined> {
  const { collecting } = hub;
  const attempt = isId(attemptId) ? await findAttempt(hub.database, attemptId) : undefined;
  if (!collecting || attempt?.provider !== "vietqr") return undefined;
  if (attempt.state === "succeeded" || attempt.state === "failed") return "over";
  const order = await findOrder(hub.database, attempt.orderId);
  if (!order) return undefined;
  const { amount, providerOrder: content } = attempt;
  const text = qrText({ bankBin: collecting.bankBin, account: collecting.account, amount, content });
  const others = await listUnmatchedOf(hub.database, attempt.id);
  return {
    attemptId: attempt.id,
    information: order.information,
    bankName: collecting.bankName,
    account: collecting.account,
    holder: collecting.holder,
    amount,
    content,
    until: formatDateTime(attempt.expiresAt),
    qrSvg: await QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M", margin: 4 }),
    statusUrl: paymentPaths.status(attempt.id),
    state: attempt.state === "redirected" ? "open" : "verifying",
    others: others.map((one) => ({ amount: one.amount, time: formatDateTime(one.bookedAt) })),
    ...(collecting.appUrl
      ? { appUrl: `${collecting.appUrl}?${new URLSearchParams({ "so-tien": String(amount), "noi-dung": content })}` }
      : {}),
  };
}
