import { formatDate, type PlainDate } from "#kit/calendar.ts";
import { renderPdf } from "#kit/pdf/index.ts";
import { slipRuleSet } from "./rule-sets.ts";

/** One dossier in the register; texts as they are printed, empty where there is nothing yet. */
export interface RegisterRow {
  readonly code: string;
  readonly procedure: string;
  readonly applicant: string;
  /** Address and phone */
  readonly contact: string;
  readonly receivedOn: string;
  readonly dueOn: string;
  readonly returnedOn: string;
  /** How the result is received */
  readonly way: string;
  readonly note: string;
}

/** "Sổ theo dõi hồ sơ" of one unit and period as PDF/A-2b: a print of what the system holds, neither numbered nor signed. */
export function renderRegister(
  rows: readonly RegisterRow[],
  print: {
    readonly agency: string;
    readonly from: PlainDate;
    readonly to: PlainDate;
    readonly ruleSet: string;
    readonly at: Date;
  },
): { readonly bytes: Uint8Array; readonly fileName: string } {
  const set = slipRuleSet(print.to, print.ruleSet);
  const { title, formNumber, fileName } = set.register;
  const bytes = renderPdf({
    template: new URL("./templates/register.typ", import.meta.url),
    data: {
      rows,
      title,
      agency: print.agency.toUpperCase(),
      period: `Từ ngày ${formatDate(print.from)} đến ngày ${formatDate(print.to)}`,
      foot: `${formNumber}, ban hành kèm theo ${set.basis}`,
    },
    title: `${title} ${print.agency}`,
    author: print.agency,
    date: print.at,
  });
  return { bytes, fileName: `${fileName}-${print.from}-${print.to}.pdf` };
}
