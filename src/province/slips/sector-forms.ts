/**
 * Forms of a sector's own circular that take the place of the usual slips; a procedure names the one it uses ("CT05").
 * Numbers and titles of the residence forms: TT 56/2021/TT-BCA, changed by TT 66/2023/TT-BCA and TT 53/2025/TT-BCA. The
 * lists of their annexes were read, not the printed sheets: the fields are those of the usual slips, for the police's head.
 */
import type { PlainDate } from "#kit/calendar.ts";
import type { SlipForm } from "./rule-sets.ts";
import type { SlipKind } from "./slip.ts";

interface Generation {
  /** Part of the stored name: "53-2025" */
  readonly id: string;
  readonly basis: string;
  readonly from: PlainDate;
}

export interface SectorForm extends SlipForm {
  readonly kind: SlipKind;
  readonly template: URL;
  /** Who issues it: the committee's police instead of the committee. */
  readonly authority: "police";
}

const RESIDENCE: readonly Generation[] = [
  { id: "53-2025", basis: "Thông tư số 53/2025/TT-BCA", from: "2025-07-01" },
  { id: "66-2023", basis: "Thông tư số 66/2023/TT-BCA", from: "2024-01-01" },
  { id: "56-2021", basis: "Thông tư số 56/2021/TT-BCA", from: "2021-07-01" },
];

const FORMS: Readonly<Record<string, SectorForm>> = {
  CT04: {
    kind: "receipt",
    authority: "police",
    formNumber: "Mẫu CT04",
    title: "PHIẾU TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    symbol: "TNHS",
    fileName: "ct04-phieu-tiep-nhan-ho-so-va-hen-tra-ket-qua",
    template: new URL("./templates/ct04.typ", import.meta.url),
  },
  CT05: {
    kind: "supplement",
    authority: "police",
    formNumber: "Mẫu CT05",
    title: "PHIẾU HƯỚNG DẪN BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    symbol: "HDHS",
    fileName: "ct05-phieu-huong-dan-bo-sung-hoan-thien-ho-so",
    template: new URL("./templates/ct05.typ", import.meta.url),
  },
  CT06: {
    kind: "refusal",
    authority: "police",
    formNumber: "Mẫu CT06",
    title: "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
    symbol: "TCHS",
    fileName: "ct06-phieu-tu-choi-tiep-nhan-giai-quyet-ho-so",
    template: new URL("./templates/ct06.typ", import.meta.url),
  },
};

/** The sector's form under a procedure's name for it; undefined for a name or a kind that nobody knows. */
export function sectorForm(name: string | undefined, kind: SlipKind): SectorForm | undefined {
  const found = name !== undefined && Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  return found?.kind === kind ? found : undefined;
}

/** The name under which a slip of that day keeps its form: "CT05@53-2025"; undefined before the form existed. */
export function sectorFormOn(name: string | undefined, kind: SlipKind, on: PlainDate): string | undefined {
  const generation = RESIDENCE.find(({ from }) => from <= on);
  return generation && sectorForm(name, kind) ? `${name}@${generation.id}` : undefined;
}

/** The form and the regulation that a slip was issued under. Throws RangeError for a name that was never given. */
export function storedSectorForm(stored: string, kind: SlipKind): SectorForm & { readonly basis: string } {
  const [name = "", generation = ""] = stored.split("@");
  const form = sectorForm(name, kind);
  const basis = RESIDENCE.find(({ id }) => id === generation)?.basis;
  if (!form || !basis) throw new RangeError(`no sector form "${stored}"`);
  return { ...form, basis };
}
