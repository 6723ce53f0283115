import type { Lang } from "#kit/i18n.ts";

/** How the names of providers and collecting agencies are known. */
export interface AccountOwners {
  readonly providerName: (id: string) => string;
  readonly merchantName: (code: string) => string;
}

/** Accounts are `kind` or `kind:owner`; the word for each kind takes its owner's name, empty when there is none. */
const vi: Readonly<Record<string, (owner: string) => string>> = {
  clearing: (owner) => `${owner} còn phải chuyển`,
  payable: (owner) => `Phải chuyển cho ${owner}`,
  disputed: (owner) => `Đang khiếu nại tại ${owner}`,
  "refunds-payable": () => "Phải hoàn cho người nộp, người chuyển",
  "transfers-unmatched": () => "Tiền vào chưa rõ",
  "transfers-unclear": () => "Tiền ra chưa rõ",
  "transfers-out": () => "Đã chuyển trả, chờ sao kê",
  "bank:collection": () => "Tài khoản chuyên thu tại ngân hàng",
  "expense:fee": (owner) => `Phí của ${owner}`,
  "suspense:unidentified": () => "Chênh lệch đối soát chưa rõ nguồn",
  "suspense:returned-twice": () => "Người nộp được trả hai lần, phải đòi lại",
};
const en: typeof vi = {
  clearing: (owner) => `Still to come from ${owner}`,
  payable: (owner) => `Owed to ${owner}`,
  disputed: (owner) => `In dispute at ${owner}`,
  "refunds-payable": () => "Owed back to payers and senders",
  "transfers-unmatched": () => "Came in, not explained",
  "transfers-unclear": () => "Went out, not explained",
  "transfers-out": () => "Transferred back, not on the statement yet",
  "bank:collection": () => "The collecting account at the bank",
  "expense:fee": (owner) => `Fees of ${owner}`,
  "suspense:unidentified": () => "Differences of reconciliation without a source",
  "suspense:returned-twice": () => "Payers have it twice, to be claimed back",
};
const BANK = { vi: "ngân hàng", en: "the bank" } as const;

/** What an account is for, in words; an account that we have no words for keeps its own name. */
export function accountName(lang: Lang, account: string, { providerName, merchantName }: AccountOwners): string {
  const words = lang === "vi" ? vi : en;
  const whole = words[account];
  if (whole) return whole("");
  const at = account.lastIndexOf(":");
  const kind = account.slice(0, at);
  const owner = account.slice(at + 1);
  const name = kind === "payable" ? merchantName(owner) : owner === "bank" ? BANK[lang] : providerName(owner);
  return words[kind]?.(name) ?? account;
}
