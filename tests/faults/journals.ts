/** What the stand-ins' own journals say, which the product cannot write: money taken, money given back. */
import { demoCollectingAccount } from "#kit/demo-money.ts";
import { findReferences } from "#protocols/vietqr/index.ts";
import { orderOfAppTransId } from "#protocols/zalopay/index.ts";
import { FEE } from "./patient-citizen.ts";
import type { Provider } from "./crash-table.ts";
import type { JournalName, Street } from "./payment-street.ts";

type Event = Readonly<Record<string, unknown>>;
type Journals = Pick<Street, "journal">;

interface Taken {
  readonly provider: Provider;
  /** As the stand-in names the payment, to tell it to call again. */
  readonly name: string;
  /** The attempt's name at the provider. */
  readonly order: string;
  readonly transaction: string;
  readonly amount: number;
}

interface GivenBack {
  readonly provider: Provider;
  readonly order: string;
  readonly amount: number;
}

/** One line of the collecting account at the stand-in's bank. */
interface BankLine {
  readonly id: string;
  readonly direction: string;
  readonly amount: number;
  readonly content: string;
}

/** Which fields of an event name the payment and the transaction. */
const FIELDS = [
  ["momo", "orderId", "transId"],
  ["vnpay", "txnRef", "transactionNo"],
  ["zalopay", "order", "transaction"],
  ["vnpt-pay", "order", "transaction"],
] as const satisfies readonly (readonly [Provider & JournalName, string, string])[];

/** Every success. */
export function captures(street: Journals): Taken[] {
  const called = FIELDS.flatMap(([provider, order, transaction]) =>
    street
      .journal(provider)
      .filter((event) => event["kind"] === "captured")
      .map((event) => {
        const name = String(event[order]);
        return {
          provider,
          name,
          order: attemptOf(provider, name),
          transaction: String(event[transaction]),
          amount: Number(event["amount"]),
        };
      }),
  );
  return [...called, ...transfers(street)];
}

function attemptOf(provider: Provider, name: string): string {
  return provider === "zalopay" ? (orderOfAppTransId(name) ?? name) : name;
}

/** Transfers that pay: the right amount under one reference, and the first with it. Everything else is a person's work. */
function transfers(street: Journals): Taken[] {
  const seen = new Set<string>();
  return bankLines(street).flatMap((line) => {
    const [order, ...more] = findReferences(line.content);
    if (line.direction !== "in" || !order || more.length > 0 || line.amount !== FEE || seen.has(order)) return [];
    seen.add(order);
    return [{ provider: "vietqr" as const, name: order, order, transaction: line.id, amount: line.amount }];
  });
}

/** Everything on the hub's account, in both directions. */
export function bankLines(street: Journals): BankLine[] {
  return street
    .journal("bank")
    .filter((event) => event["kind"] === "booked" && event["account"] === demoCollectingAccount.account)
    .map((event) => event as unknown as BankLine);
}

/** Every refund that a provider has made by itself. */
export function givenBack(street: Journals): GivenBack[] {
  // VNPAY's journal names the payment by its page.
  const pages = new Map(
    street
      .journal("vnpay")
      .filter((event) => event["kind"] === "created")
      .map((event) => [event["payId"], String(event["txnRef"])]),
  );
  const orderOf: Readonly<Record<"momo" | "vnpay" | "zalopay" | "vnpt-pay", (event: Event) => string>> = {
    momo: (event) => String(event["paymentOrderId"]),
    vnpay: (event) => pages.get(event["payId"]) ?? String(event["payId"]),
    zalopay: (event) => attemptOf("zalopay", String(event["order"])),
    "vnpt-pay": (event) => String(event["order"]),
  };
  return FIELDS.flatMap(([provider]) =>
    street
      .journal(provider)
      .filter((event) => event["kind"] === "refunded")
      .map((event) => ({ provider, order: orderOf[provider](event), amount: Number(event["amount"]) })),
  );
}
