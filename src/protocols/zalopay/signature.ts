/**
 * ZaloPay v2: HMAC-SHA256, lower-case hex, over values joined by "|" in a fixed order. key1 signs what we send, key2 what
 * ZaloPay sends (callback: over the raw text of `data`; redirect: over its values). Pure.
 * Source: docs.zalopay.vn, "Secure data transmission"; the vector is in the test.
 */
import { hmacSha256, sameText } from "#kit/crypto.ts";
import type {
  CallbackBody,
  CreateRequest,
  QueryRequest,
  RedirectQuery,
  RefundQuery,
  RefundRequest,
} from "./messages.ts";

export interface ZalopayKeys {
  readonly key1: string;
  readonly key2: string;
}

/** Keys now and, while they are being rotated, those before: both verify, the first ones sign. */
export type ZalopayKeyring = readonly [current: ZalopayKeys, ...previous: ZalopayKeys[]];

export function signCreate(request: Omit<CreateRequest, "mac">, keys: ZalopayKeys): string {
  const { app_id, app_trans_id, app_user, amount, app_time, embed_data, item } = request;
  return hmacSha256(keys.key1, [app_id, app_trans_id, app_user, amount, app_time, embed_data, item].join("|"));
}

/** key1 stands in the text as well as in the key: ZaloPay's own rule. */
export function signQuery(request: Omit<QueryRequest, "mac">, keys: ZalopayKeys): string {
  return hmacSha256(keys.key1, [request.app_id, request.app_trans_id, keys.key1].join("|"));
}

export function signRefund(request: Omit<RefundRequest, "mac">, keys: ZalopayKeys): string {
  const { app_id, zp_trans_id, amount, description, timestamp } = request;
  return hmacSha256(keys.key1, [app_id, zp_trans_id, amount, description, timestamp].join("|"));
}

export function signRefundQuery(request: Omit<RefundQuery, "mac">, keys: ZalopayKeys): string {
  return hmacSha256(keys.key1, [request.app_id, request.m_refund_id, request.timestamp].join("|"));
}

export function signCallback(data: string, keys: ZalopayKeys): string {
  return hmacSha256(keys.key2, data);
}

export function signRedirect(query: Omit<RedirectQuery, "checksum">, keys: ZalopayKeys): string {
  const { appid, apptransid, pmcid, bankcode, amount, discountamount, status } = query;
  return hmacSha256(keys.key2, [appid, apptransid, pmcid, bankcode, amount, discountamount, status].join("|"));
}

/** Constant time, every generation tried. */
export function verifyCallback(body: Pick<CallbackBody, "data" | "mac">, keyring: ZalopayKeyring): boolean {
  return matchesAny(body.mac, keyring, (keys) => signCallback(body.data, keys));
}

/** For display only: a redirect never settles, with or without a good checksum. */
export function verifyRedirect(query: RedirectQuery, keyring: ZalopayKeyring): boolean {
  return matchesAny(query.checksum, keyring, (keys) => signRedirect(query, keys));
}

function matchesAny(claimed: string, keyring: ZalopayKeyring, sign: (keys: ZalopayKeys) => string): boolean {
  let matches = false;
  for (const keys of keyring) {
    if (sameText(sign(keys), claimed.toLowerCase())) matches = true;
  }
  return matches;
}
