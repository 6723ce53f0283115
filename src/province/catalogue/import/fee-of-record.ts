/**
 * Fees of the national catalogue. Its "0 VNĐ" ("Phí : 0 Đồng") mostly means that nobody entered an amount: of 9,684 rows
 * with it about 2,000 point to a resolution or circular and 540 say that nothing is taken. So zero is free only where words
 * say so of everybody, a provincial resolution where words say that, and unknown otherwise; an amount of a few đồng is
 * another unit or money.
 */
import type { Text } from "#kit/i18n.ts";
import { fold } from "#kit/vietnamese.ts";
import type { AmountRule, FeeRule, Way } from "#province/procedure/index.ts";
import type { RawChannel, RawProcedure } from "./record.ts";

export interface ReadFees {
  readonly fees: FeeRule[];
  /** What the file says of money and no rule can hold. */
  readonly text?: string;
}

const MONEY = "(?:phi|le phi)(?:(?:, | va |/)le phi)?";
/** A clause that says, as a whole, that nothing is taken: "Không", "Miễn lệ phí", "Không quy định về thời hạn giải quyết, phí, lệ phí". */
const NOTHING = new RegExp(
  `^(?:${MONEY} ?: ?)?(?:khong(?: co)?|(?:khong (?:thu|mat|phai nop)|mien(?: thu)?)(?: ${MONEY})?|khong quy dinh(?: ve)?(?: thoi han giai quyet,)?(?: ${MONEY})?)$`,
);
/** The same about money by name, which may stand in any line of a longer text. */
const NO_MONEY = new RegExp(
  `^(?:(?:khong (?:thu|mat|phai nop)|mien(?: thu)?) ${MONEY}|khong quy dinh(?: ve)?(?: thoi han giai quyet,)? ${MONEY})$`,
);
const LOCAL = /(hoi dong nhan dan|hdnd|nghi quyet.{0,40}(tinh|thanh pho|hdnd))/;
/** Below this no fee of the law is: "20 VNĐ (20.000 đ/tờ khai)". */
const LEAST_AMOUNT = 500;
const SINCE = "2016-01-01";

export function readFees(raw: RawProcedure, name: Text): ReadFees {
  const rules: { way: Way; amount: AmountRule; kind: "fee" | "charge"; label: string; note: string }[] = [];
  const texts: string[] = [];
  for (const channel of raw.channels) {
    const amount = amountOf(channel);
    const words = [channel.feeName, channel.note].filter((one) => one !== undefined).join(" ");
    if (!amount) {
      if (channel.fee !== null || channel.feeSeeNote) texts.push(words);
      else if (channel.feeName !== undefined) texts.push(channel.feeName);
      continue;
    }
    const kind = fold(words).includes("le phi") ? "charge" : "fee";
    rules.push({ way: channel.way, amount, kind, label: channel.feeName ?? "", note: channel.note ?? "" });
  }
  if (rules.length === 0 && raw.feeText) {
    const amount = amountOfText(raw.feeText);
    if (amount) {
      const ways =
        raw.channels.length > 0 ? raw.channels.map(({ way }) => way) : (["online", "counter", "post"] as const);
      for (const way of new Set(ways)) rules.push({ way, amount, kind: "fee", label: "", note: "" });
    } else texts.push(raw.feeText);
  }
  const text = [...new Set(texts.filter((one) => one !== ""))].join("\n");
  return { fees: merged(rules, raw, name), ...(text ? { text: text.slice(0, 4_000) } : {}) };
}

function amountOf({ fee, currency, note, feeName, feeSeeNote }: RawChannel): AmountRule | undefined {
  const words = fold(`${feeName ?? ""} ${note ?? ""}`).trim();
  if (fee === null || fee === 0) {
    if (LOCAL.test(words)) return { type: "by_provincial_resolution" };
    const says = [note, feeName].find((one) => one !== undefined && NOTHING.test(firstClause(one)));
    // "Miễn phí" beside amounts is free for some people only.
    if (!says || feeSeeNote || /\d{1,3}[.,]000/.test(words)) return undefined;
    return { type: "free", reason: same(shortened(remarkOf(says))) };
  }
  if (currency !== "VND" || fee < LEAST_AMOUNT || feeSeeNote) return undefined;
  const unit = /^\(\/([^)]{1,40})\)/.exec(note ?? "")?.[1]?.trim();
  return { type: "fixed", amount: fee, ...(unit ? { unit: same(unit) } : {}) };
}

function amountOfText(text: string): AmountRule | undefined {
  const words = fold(text);
  if (LOCAL.test(words)) return { type: "by_provincial_resolution" };
  if (NOTHING.test(firstClause(text)) || text.split("\n").some((line) => NO_MONEY.test(firstClause(line))))
    return { type: "free", reason: same(shortened(text)) };
  return undefined;
}

/** "(Không thu lệ phí)Nộp tại một cửa": the remark on the fee, glued to the next column, stands in brackets. */
function remarkOf(text: string): string {
  return /^\(((?:[^()]|\([^()]*\))+)\)/.exec(text)?.[1]?.replace(/^[\s*+•\-–]+/u, "") ?? text;
}

/**
 * What a text begins with, folded, up to the first stop: "(- Miễn lệ phí (Thông tư 47).)" → "mien le phi". What follows may
 * explain it; "Miễn lệ phí cho người thuộc hộ nghèo" is another clause, and true of some people only.
 */
function firstClause(text: string): string {
  return (
    fold(text)
      .replace(/^[\s(*+•\-–]+/u, "")
      .split(/[.;()\n]/)[0]
      ?.replace(/\s+/g, " ")
      .trim() ?? ""
  );
}

/** One rule for the ways whose amount, kind and note are the same. */
function merged(
  rules: readonly { way: Way; amount: AmountRule; kind: "fee" | "charge"; label: string; note: string }[],
  raw: RawProcedure,
  name: Text,
): FeeRule[] {
  const groups = new Map<string, { first: (typeof rules)[number]; ways: Set<Way> }>();
  for (const rule of rules) {
    // The same amount with another remark is another fee; free and by resolution are said once.
    const key = JSON.stringify([rule.amount.type === "fixed" ? [rule.amount, rule.kind, rule.note] : rule.amount.type]);
    const group = groups.get(key);
    if (group) group.ways.add(rule.way);
    else groups.set(key, { first: rule, ways: new Set([rule.way]) });
  }
  const all = new Set(raw.channels.map(({ way }) => way));
  return [...groups.values()].map(({ first, ways }, index): FeeRule => {
    const noun = first.kind === "fee" ? { vi: "Phí", en: "Fee" } : { vi: "Lệ phí", en: "Charge" };
    return {
      code: `fee-${index + 1}`,
      kind: first.kind,
      name: { vi: `${noun.vi}: ${name.vi}`, en: `${noun.en}: ${name.en}` },
      ...(ways.size < all.size ? { ways: [...ways] } : {}),
      amount: first.amount,
      validFrom: SINCE,
      validTo: null,
      basis: basisOf(first.note, raw),
      collect: "on-filing",
      ...(first.note && first.amount.type === "fixed" ? { note: same(shortened(first.note)) } : {}),
    };
  });
}

const ACT = /\d+\/\d{4}\/(TT|NĐ|NQ|QĐ)-[\p{L}-]+/u;

function basisOf(note: string, { decision, legalBasis }: RawProcedure): string {
  return (
    ACT.exec(note)?.[0] ??
    legalBasis.find((number) => /TT-BTC/.test(number)) ??
    decision ??
    "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
  );
}

function shortened(text: string): string {
  const plain = text.replace(/^\(\/[^)]{1,40}\)\s*/, "").trim() || text;
  return plain.length <= 600 ? plain : `${plain.slice(0, 599)}…`;
}

function same(text: string): Text {
  return { vi: text, en: text };
}
