/** Citizens who press again when nothing answers and follow what the pages say, whoever dies meanwhile. */
import pg from "pg";
import { newSecretId } from "#kit/ids.ts";
import { type FiledDossier, fileDossier } from "#tests/support/filed-dossier.ts";
import { look, press, type Street, within60s } from "./payment-street.ts";
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

export async function fileDossiers(street: Street, times: number): Promise<FiledDossier[]> {
  const client = new pg.Client({ connectionString: street.province.adminUrl });
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
  readonly with?: "momo" | "vnpay-ncb";
  /** false: closes the browser at the provider instead of coming back. */
  readonly comesBack?: boolean;
  /** A wallet that is refused: the walk ends unpaid. */
  readonly wallet?: string;
}

/** From the dossier to the confirmed payment; resolves when the provider has taken the money. */
export async function pay(street: Street, dossier: FiledDossier, walk: Walk = {}): Promise<void> {
  const { portal, national, sandbox } = street.origins;
  const channel = walk.with ?? "momo";
  count("payments");
  const requestId = newSecretId();
  const order = await within60s("the hub's page", async () => {
    const answer = await press(`${portal}/ho-so/${dossier.id}/thanh-toan`, { "yeu-cau": requestId });
    return answer?.location.startsWith(national) && answer.location;
  });
  let attempt = newSecretId();
  await within60s("a payment at the provider", async () => {
    const answer = await press(`${order}/thanh-toan`, { lan: attempt, kenh: channel });
    if (!answer) return false;
    if (answer.location.startsWith(sandbox)) {
      const back =
        channel === "momo"
          ? await press(answer.location, { ...WALLET, phone: walk.wallet ?? WALLET.phone })
          : await payByCard(answer.location);
      if (back && walk.comesBack !== false) await look(back.location);
      return back !== undefined;
    }
    if (answer.location.includes("/ket-qua/")) {
      await look(answer.location);
      const free = await press(`${answer.location.split("?")[0]}/chon-cach-khac`, {});
      if (free?.location === order) attempt = newSecretId();
    }
    return false;
  });
}

async function payByCard(payUrl: string): Promise<{ location: string } | undefined> {
  const opened = await look(payUrl);
  if (!opened?.location) return undefined;
  const otp = await press(opened.location, CARD);
  return otp && (await press(otp.location, { otp: "123456", action: "pay" }));
}
