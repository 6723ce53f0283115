/** Citizens who press again when nothing answers and follow what the pages say, whoever dies meanwhile. */
import pg from "pg";
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { newSecretId } from "#kit/ids.ts";
import { transferReference } from "#protocols/vietqr/index.ts";
import { type FiledDossier, fileDossier } from "#tests/support/filed-dossier.ts";
import type { Provider } from "./crash-table.ts";
import { look, press, type Street, within } from "./payment-street.ts";
import { count } from "./tally.ts";

const WALLET = { phone: "0900000101", password: "000000", otp: "000000", action: "pay" };
const CARD = {
  bank: "NCB",
  name: "NGUYEN VAN A",
  number: "9704198526191432198",
  month: "07",
  year: "2015",
  action: "pay",
};
/** What a dossier of `fileDossiers` costs. */
export const FEE = 8_000;

/** A process that dies thirty times under a payer's hands takes its time; how long what is paid may be unknown is judged elsewhere. */
const PATIENCE_S = 150;

export async function fileDossiers(street: Street, times: number): Promise<FiledDossier[]> {
  const client = new pg.Client({ connectionString: street.province.adminUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const filed: FiledDossier[] = [];
    for (let n = 0; n < times; n += 1) filed.push(await fileDossier(client, "tayninh"));
    return filed;
  } finally {
    await client.end();
  }
}

export interface Walk {
  /** MoMo unless said otherwise. */
  readonly with?: Provider;
  /** false: closes the browser at the provider instead of coming back. */
  readonly comesBack?: boolean;
  /** A wallet that is refused: the walk ends unpaid. */
  readonly wallet?: string;
}

/** From the dossier to the confirmed payment; resolves when the provider has taken the money. */
export async function pay(street: Street, dossier: FiledDossier, walk: Walk = {}): Promise<void> {
  const { portal, national } = street.origins;
  const channel = walk.with === "vnpay" ? "vnpay-ncb" : (walk.with ?? "momo");
  count("payments");
  const requestId = newSecretId();
  const order = await within(PATIENCE_S, "the hub's page", async () => {
    const answer = await press(`${portal}/ho-so/${dossier.id}/thanh-toan`, { "yeu-cau": requestId });
    return answer?.location.startsWith(national) && answer.location;
  });
  let attempt = newSecretId();
  const tried = [attempt];
  // Where the walk stood, for whoever reads that it did not end.
  let step = "";
  await within(PATIENCE_S, `a payment with ${channel}`, async () => {
    step = "asks the hub";
    const answer = await press(`${order}/thanh-toan`, { lan: attempt, kenh: channel });
    if (!answer) return false;
    step = answer.location;
    const back = await payAt(street, answer.location, attempt, walk);
    if (back) {
      if (walk.comesBack !== false) await look(back);
      return true;
    }
    // The provider has died after taking the money and before saying so: the hub learns of it.
    if (answer.location === order && (await isPaid(street, tried))) return true;
    if (answer.location.includes("/ket-qua/")) {
      await look(answer.location);
      const free = await press(`${answer.location.split("?")[0]}/chon-cach-khac`, {});
      // Led back because another way is open, or because it is paid by now: then it is paid with one of those tried.
      if (free?.location === order) {
        attempt = newSecretId();
        tried.push(attempt);
      }
    }
    return false;
  }).catch(async (error: unknown) => {
    const attempts = `select a.state, a.reason, a.created_at, a.next_ask_at, a.ask_count, now() as now,
        (select jsonb_agg(jsonb_build_array(h.at, h.action, h.to_state, h.source, h.code) order by h.id)
         from payment_history h where h.attempt_id = a.id) as history
      from payment_attempt a where a.order_id = '${order.split("/").at(-1)}' order by a.created_at`;
    const stand = await street.rows("national", attempts).catch(String);
    throw new Error(`${String(error)}; last ${step}; ${JSON.stringify(stand)}`, { cause: error });
  });
}

/** Pays at the address to which the hub has led; answers where the browser goes back to, undefined when it did not work. */
async function payAt(street: Street, address: string, attempt: string, walk: Walk): Promise<string | undefined> {
  const { national, sandbox } = street.origins;
  if (address.startsWith(`${national}/thanh-toan/chuyen-khoan/`)) {
    const sent = await transfer(street, transferReference(attempt));
    return sent ? `${national}/thanh-toan/ket-qua/${attempt}` : undefined;
  }
  if (!address.startsWith(sandbox)) return undefined;
  if (walk.with === "vnpay") return payByCard(address);
  return (await press(address, { ...WALLET, phone: walk.wallet ?? WALLET.phone }))?.location;
}

async function isPaid(street: Street, attempts: readonly string[]): Promise<boolean> {
  for (const attempt of attempts) {
    const stand = await look(`${street.origins.national}/thanh-toan/ket-qua/${attempt}/trang-thai`);
    if (stand?.text === '{"state":"paid"}') return true;
  }
  return false;
}

async function payByCard(payUrl: string): Promise<string | undefined> {
  const opened = await look(payUrl);
  if (!opened?.location) return undefined;
  const otp = await press(opened.location, CARD);
  // Paid already, and the answer was lost: the bank sends the browser back at once.
  if (!otp?.location || new URL(otp.location).origin !== new URL(payUrl).origin) return otp?.location;
  return (await press(otp.location, { otp: "123456", action: "pay" }))?.location;
}

/** A payer whose app did not answer looks at the own account before sending again. */
async function transfer(street: Street, content: string): Promise<boolean> {
  const isSent = () => street.journal("bank").some((event) => event["content"] === content);
  if (isSent()) return true;
  try {
    const answer = await fetch(`${street.origins.sandbox}/bank/transfers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account: demoCollectingAccount.account, amount: FEE, content }),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return isSent();
  }
}
