/** JSON lines made from the national portal's pages: one object a procedure, in English keys. */
import { linesOf, listOf, readAmount, readLevel, readUnit, readWay, recordOf, textOf } from "./read-words.ts";
import { type RawChannel, type RawPaper, type RawProcedure, RecordError } from "./record.ts";

type Fields = Readonly<Record<string, unknown>>;

export function isExport(fields: Fields): boolean {
  return "code" in fields || "name" in fields;
}

export function readExport(fields: Fields): RawProcedure {
  const [timeText, feeText] = [linesOf(fields["timeText"]), linesOf(fields["feeText"])];
  const url = pageOf(fields["url"]);
  return {
    code: textOf(fields["code"]),
    name: textOf(fields["name"]),
    field: textOf(fields["field"]) || null,
    levels: listOf(fields["levels"]).map((value) => {
      const level = readLevel(value);
      if (!level) throw new RecordError("levels");
      return level;
    }),
    issuer: textOf(fields["issuer"]) || textOf(fields["ministry"]) || null,
    decision: textOf(fields["decision"]) || null,
    agencies: texts(fields["agencies"]),
    audience: texts(fields["audience"]),
    channels: listOf(fields["channels"]).flatMap((one) => channelOf(recordOf(one))),
    ...(timeText ? { timeText } : {}),
    ...(feeText ? { feeText } : {}),
    papers: listOf(fields["components"]).flatMap((one) => papersOf(recordOf(one))),
    results: listOf(fields["results"]).flatMap((one) => {
      const name = textOf(one) || textOf(recordOf(one)["name"]);
      return name ? [{ name, code: textOf(recordOf(one)["code"]) || null }] : [];
    }),
    legalBasis: texts(fields["legalBasis"]),
    steps: [],
    conditions: linesOf(fields["conditions"]) || null,
    ...(url ? { url } : {}),
  };
}

/** Only a page of the State is linked to, whatever the file says. */
function pageOf(value: unknown): string | undefined {
  const text = textOf(value);
  return /^https:\/\/[a-z0-9.-]{1,100}\.gov\.vn\/[\w\-./?=&%]{0,300}$/.test(text) ? text : undefined;
}

function texts(value: unknown): string[] {
  return listOf(value)
    .map(textOf)
    .filter((text) => text !== "");
}

function channelOf(channel: Fields): RawChannel[] {
  const way = readWay(channel["channel"]);
  if (!way) return [];
  const amount = channel["time"];
  const unit = readUnit(channel["unit"]);
  if (amount !== null && amount !== undefined && typeof amount !== "number") throw new RecordError("time");
  if (typeof amount === "number" && (!Number.isFinite(amount) || amount < 0 || amount > 3660))
    throw new RecordError("time");
  const fee = channel["fee"];
  const known = fee === null || fee === undefined ? null : readAmount(fee);
  // Amounts with fractions are in other money than đồng.
  if (known === undefined && textOf(channel["currency"]) === "VND") throw new RecordError("fee");
  const [note, feeName] = [linesOf(channel["note"]), textOf(channel["feeText"])];
  return [
    {
      way,
      time: typeof amount === "number" && amount > 0 && unit ? { amount, unit } : null,
      fee: known ?? null,
      currency: textOf(channel["currency"]) || "VND",
      ...(feeName ? { feeName } : {}),
      ...(note ? { note } : {}),
      ...(channel["feeSeeNote"] === true ? { feeSeeNote: true } : {}),
    },
  ];
}

function papersOf(group: Fields): RawPaper[] {
  const name = textOf(group["case"]);
  return listOf(group["items"]).flatMap((one): RawPaper[] => {
    const paper = recordOf(one);
    const title = linesOf(paper["name"]);
    if (!title) return [];
    const [originals, copies] = [countOf(paper["originals"]), countOf(paper["copies"])];
    const form = textOf(paper["form"] ?? paper["formFile"]);
    return [
      {
        case: name || null,
        name: title,
        originals,
        copies,
        ...(form ? { form } : {}),
        isNote: paper["kind"] === "note" || (originals === 0 && copies === 0),
      },
    ];
  });
}

function countOf(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0;
}
