import type { Html } from "#kit/html.ts";
import type { Lang } from "#kit/i18n.ts";
import { newSecretId } from "#kit/ids.ts";
import type { Fees } from "./fee.ts";
import { listOwedInFiling, type OwedRow } from "./fee-view.ts";
import { filingOwed } from "./pages/filing-owed.ts";

/** What the parts of the person's linked filing owe, to be paid at once; null when they owe nothing. `wholeId`: the filing's own. */
export async function owedOfFiling(
  fees: Pick<Fees, "database" | "tenant" | "payeeOf">,
  filing: { readonly wholeId: string; readonly sub: string },
  lang: Lang,
): Promise<Html | null> {
  const owed = await listOwedInFiling(fees.database.forTenant(fees.tenant), filing);
  const accounts = new Map<string, OwedRow[]>();
  for (const row of owed) {
    const { account } = fees.payeeOf(row.agencyId);
    accounts.set(account, [...(accounts.get(account) ?? []), row]);
  }
  return filingOwed({
    lang,
    groups: [...accounts.values()].flatMap((rows) => {
      const [first] = rows;
      return first ? [{ payee: fees.payeeOf(first.agencyId), rows, requestId: newSecretId() }] : [];
    }),
  });
}
