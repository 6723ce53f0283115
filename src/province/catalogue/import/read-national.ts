/** The answer of the national catalogue's service `LayThuTuc`: fee under time under channel, papers under case. */
import { listOf, linesOf, readAmount, readLevel, readUnit, readWay, recordOf, textOf } from "./read-words.ts";
import { type RawChannel, type RawPaper, type RawProcedure, RecordError } from "./record.ts";

type Fields = Readonly<Record<string, unknown>>;

export function isNational(fields: Fields): boolean {
  return "MATTHC" in fields || "TENTTHC" in fields;
}

export function readNational(fields: Fields): RawProcedure {
  const agencies = named(fields["COQUANTHUCHIEN"], "TENCOQUAN", "TENDONVI");
  return {
    code: textOf(fields["MATTHC"]),
    name: textOf(fields["TENTTHC"]),
    field: named(fields["LINHVUCTHUCHIEN"], "TENLINHVUC", "TEN")[0] ?? null,
    levels: [
      ...listOf(fields["CAPTHUCHIEN"] ?? fields["CAP_THU_TUC"]).flatMap((value) => readLevel(value) ?? []),
      // The shape names no level: the bodies that carry it out do.
      ...agencies.flatMap((name) => levelOfBody(name)),
    ].filter((level, index, all) => all.indexOf(level) === index),
    issuer: textOf(fields["TENCOQUANCONGBO"]) || textOf(fields["MACOQUANCONGBO"]) || null,
    decision: textOf(fields["SOQUYETDINH"]) || null,
    agencies,
    audience: named(fields["DOITUONGTHUCHIEN"], "TENDOITUONG", "TEN"),
    channels: listOf(fields["CACHTHUCTHUCHIEN"]).flatMap((one) => channelsOf(recordOf(one))),
    papers: listOf(fields["THANHPHANHOSO"]).flatMap((one) => papersOf(recordOf(one))),
    results: listOf(fields["KETQUATHUCHIEN"]).flatMap((one) => {
      const result = recordOf(one);
      const name = textOf(one) || textOf(result["TENKETQUA"]) || textOf(result["TEN"]);
      return name ? [{ name, code: textOf(result["MAKETQUA"]) || null }] : [];
    }),
    legalBasis: named(fields["CANCUPHAPLY"], "SOVANBAN", "SOKYHIEU", "TENVANBAN"),
    steps: listOf(fields["TRINHTUTHUCHIEN"]).flatMap((one) => {
      const way = recordOf(one);
      const title = textOf(way["TRUONGHOP"]);
      return listOf(way["TRINHTU"]).flatMap((step) => {
        const text = linesOf(step) || linesOf(recordOf(step)["MOTA"]) || linesOf(recordOf(step)["TENTRINHTU"]);
        return text ? [{ title, text }] : [];
      });
    }),
    conditions: linesOf(fields["YEUCAU"]) || null,
  };
}

function levelOfBody(name: string): ("province" | "commune" | "district" | "central")[] {
  if (/cấp xã|xã, phường|UBND xã/iu.test(name)) return ["commune"];
  if (/cấp huyện/iu.test(name)) return ["district"];
  if (/cấp tỉnh|UBND tỉnh|^Sở |Ủy ban nhân dân tỉnh/iu.test(name)) return ["province"];
  return /^(Bộ|Cục|Tổng cục) /u.test(name) ? ["central"] : [];
}

/** A list of names, or of objects that carry the name under one of these keys. */
function named(value: unknown, ...keys: readonly string[]): string[] {
  return listOf(value)
    .map((one) => textOf(one) || keys.map((key) => textOf(recordOf(one)[key])).find((name) => name !== "") || "")
    .filter((name) => name !== "");
}

function channelsOf(channel: Fields): RawChannel[] {
  const way = readWay(channel["KENH"]);
  if (!way) return [];
  return listOf(channel["THOIGIAN"]).flatMap((one): RawChannel[] => {
    const time = recordOf(one);
    const amount = timeOf(time["THOIGIANGIAIQUYET"]);
    const unit = readUnit(time["DONVITINH"]);
    const words = linesOf(time["MOTA"]);
    const shared = {
      way,
      // A bare number without a unit is the catalogue's placeholder for "see the text".
      time: amount !== null && amount > 0 && unit ? { amount, unit } : null,
      ...(words ? { timeText: words } : {}),
    };
    const fees = listOf(time["PHILEPHI"]).map(recordOf);
    if (fees.length === 0) return [{ ...shared, fee: null, currency: "VND" }];
    return fees.map((fee) => {
      const note = linesOf(fee["MOTA"]);
      return { ...shared, fee: feeOf(fee["SOTIEN"]), currency: currencyOf(fee["DONVI"]), ...(note ? { note } : {}) };
    });
  });
}

function timeOf(value: unknown): number | null {
  const text = textOf(value).replace(",", ".");
  if (text === "") return null;
  const amount = Number(text);
  if (!Number.isFinite(amount) || amount < 0 || amount > 3660) throw new RecordError("time");
  return amount;
}

function feeOf(value: unknown): number | null {
  if (value === null || value === undefined || value === "") return null;
  const amount = readAmount(value);
  if (amount === undefined) throw new RecordError("fee");
  return amount;
}

function currencyOf(value: unknown): string {
  const word = textOf(value).toUpperCase();
  return word === "" || /^(VND|VNĐ|ĐỒNG|Đ)/.test(word) ? "VND" : word;
}

function papersOf(group: Fields): RawPaper[] {
  const name = textOf(group["TRUONGHOP"]);
  return listOf(group["GIAYTO"]).flatMap((one): RawPaper[] => {
    const paper = recordOf(one);
    const title = linesOf(paper["TENGIAYTO"]);
    if (!title) return [];
    const originals = countOf(paper["SOBANCHINH"]);
    const copies = countOf(paper["SOBANSAO"]);
    const form = textOf(paper["TENMAUDON"]);
    return [
      {
        case: name || null,
        name: title,
        originals: originals ?? 1,
        copies: copies ?? 0,
        ...(form ? { form } : {}),
        isNote: originals === 0 && (copies ?? 0) === 0,
      },
    ];
  });
}

function countOf(value: unknown): number | undefined {
  const count = Number(textOf(value));
  return textOf(value) !== "" && Number.isInteger(count) && count >= 0 ? count : undefined;
}
