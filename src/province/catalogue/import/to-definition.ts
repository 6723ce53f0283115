import { createHash } from "node:crypto";
import type { Text } from "#kit/i18n.ts";
import { fold } from "#kit/vietnamese.ts";
import type { Component, Level, OfferRule, ProcedureDefinition } from "#province/procedure/index.ts";
import type { Tenant } from "#province/tenants/index.ts";
import { readFees } from "./fee-of-record.ts";
import { readCode } from "./read-words.ts";
import { type RawPaper, type RawProcedure, RecordError } from "./record.ts";
import { readTimes } from "./time-of-record.ts";

const MAX_NAME = 1_500;
const MAX_TEXT = 60_000;
const MAX_PAPERS = 400;

/**
 * A record of the national catalogue as this province's procedure: information only, because it has no form here. Texts are
 * in Vietnamese in both languages: the source has no other. Throws `RecordError` for what cannot be kept.
 */
export function toDefinition(raw: RawProcedure, tenant: Tenant): ProcedureDefinition {
  const code = readCode(raw.code, tenant.identifier);
  if (raw.name === "") throw new RecordError("name-missing");
  if (raw.name.length > MAX_NAME) throw new RecordError("name-too-long");
  if (sizeOf(raw) > MAX_TEXT * 10 || raw.papers.length > MAX_PAPERS || (raw.conditions?.length ?? 0) > MAX_TEXT)
    throw new RecordError("text-too-long");
  const name = same(raw.name);
  const short = same(shortNameOf(raw.name));
  const times = readTimes(raw);
  const fees = readFees(raw, short);
  const papers = raw.papers.filter((paper) => !paper.isNote);
  const cases = [...new Set(papers.flatMap((paper) => paper.case ?? []))];
  const levels = levelsOf(raw);
  return {
    code,
    name,
    shortName: short,
    summary: {
      vi: "Giấy tờ, thời hạn và mức thu theo Cơ sở dữ liệu quốc gia. Thủ tục này chưa nhận hồ sơ trên cổng.",
      en: "Papers, time limit and fees as in the national catalogue. Not yet filed on this portal.",
    },
    field: fieldOf(raw.field),
    levels,
    issuer: same(raw.issuer ?? "Chưa rõ"),
    decision: raw.decision ?? "Chưa rõ",
    audience: raw.audience.map(same),
    validFrom: "2016-01-01",
    validTo: null,
    offers: offersOf(raw, code, tenant),
    serviceLevels: { "decree-43-2011": 2, "decree-42-2022": "information", "decree-224-2026": "information" },
    fileable: false,
    onlinePayment: false,
    timeLimits: times.limits,
    ...(times.text ? { timeText: same(times.text) } : {}),
    ...(cases.length > 0
      ? { cases: cases.map((title) => ({ code: codeOf("case", title), name: same(withoutBullet(title)) })) }
      : {}),
    components: componentsOf(papers),
    notes: raw.papers.filter((paper) => paper.isNote).map((paper) => same(withoutBullet(paper.name))),
    fees: fees.fees,
    ...(fees.text ? { feeText: same(fees.text) } : {}),
    results: raw.results.map((result) => ({
      code: result.code ?? codeOf("result", result.name),
      name: same(result.name),
    })),
    legalBasis: raw.legalBasis.map((number) => ({ number, name: same(number) })),
    steps: raw.steps.map(({ title, text }, index) => ({ title: same(title || `Bước ${index + 1}`), text: same(text) })),
    conditions: raw.conditions ? [same(raw.conditions)] : [],
    source: {
      catalogue: "national",
      ...(raw.code === code ? {} : { localCode: raw.code }),
      bodies: raw.agencies.map(same),
      ...(raw.url ? { url: raw.url } : {}),
      ...(raw.levels.includes("central") || isOfCentralOffices(raw) ? { central: true as const } : {}),
    },
  };
}

function sizeOf(raw: RawProcedure): number {
  return JSON.stringify(raw).length;
}

/** "Thủ tục đăng ký khai sinh" → "Đăng ký khai sinh". Long names stay whole: no machine may shorten the law's words. */
function shortNameOf(name: string): string {
  const short = name.replace(/^thủ tục (?:hành chính )?(?=\p{L}{2})/iu, "");
  return short.length < 4 ? name : `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
}

/** What is longer is no name of a field: a page's own text that slipped into the column. */
const MAX_FIELD = 200;

function fieldOf(written: string | null): ProcedureDefinition["field"] {
  const field = written !== null && written.length <= MAX_FIELD ? written : null;
  const vi = field ?? "Chưa phân lĩnh vực";
  const slug = fold(vi)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return { code: slug.length < 2 ? codeOf("field", vi) : slug, name: field ? same(vi) : { vi, en: "No field given" } };
}

const LEVELS: readonly Level[] = ["province", "district", "commune"];

/** Levels of a province; ministries are none. */
function levelsOf({ levels }: RawProcedure): Level[] {
  return LEVELS.filter((level) => levels.includes(level));
}

/** "1 bản chính" of the catalogue; more than twenty are kept as words. */
const MOST_COPIES = 20;

function componentsOf(papers: readonly RawPaper[]): Component[] {
  const seen = new Map<string, number>();
  return papers.map((paper): Component => {
    const code = codeOf("paper", `${paper.case ?? ""}|${paper.name}`);
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    const form = paper.form?.replace(/\?/g, "").trim();
    const isMany = paper.originals > MOST_COPIES || paper.copies > MOST_COPIES;
    return {
      code: count === 1 ? code : `${code}-${count}`,
      name: same(withoutBullet(paper.name)),
      kind: "paper",
      originals: Math.min(paper.originals, MOST_COPIES),
      copies: Math.min(paper.copies, MOST_COPIES),
      ...(paper.case ? { case: codeOf("case", paper.case) } : {}),
      required: true,
      digitise: true,
      ...(isMany ? { hint: same(`${paper.originals} bản chính, ${paper.copies} bản sao`) } : {}),
      ...(form ? { form: same(form) } : {}),
    };
  });
}

/** The crawl gives papers in no order and without codes: the code is made of the words, so that it stays. */
function codeOf(kind: string, words: string): string {
  return `${kind}-${createHash("sha256").update(fold(words).replace(/\s+/g, " ")).digest("hex").slice(0, 10)}`;
}

function withoutBullet(text: string): string {
  return text.replace(/^[\s*+•\-–]+(?=\S)/u, "") || text;
}

/**
 * Offices of central bodies in the provinces: tax, customs, border guard, treasury, state bank, ports, army, enforcement.
 * The catalogue gives them the level of the place they sit in, which is no committee of that place.
 */
const CENTRAL_OFFICE =
  /^(?:(?:chi )?cuc (?:thue|hai quan)|thue (?:co so|tinh)|co quan thue|hai quan|doi thu tuc|bien phong|kho bac nha nuoc|ngan hang nha nuoc|cang vu hang hai|cap dai doi|thi hanh an)/;
/** Several bodies in one name, of which one is the province's. */
const LOCAL_BODY = /uy ban|ubnd|\bso |cong an|cap xa/;

function isOfCentralOffices({ agencies }: RawProcedure): boolean {
  const bodies = agencies.map(fold);
  return bodies.length > 0 && bodies.every((body) => CENTRAL_OFFICE.test(body) && !LOCAL_BODY.test(body));
}

/**
 * Who offers it here: the department that is named, else the province's own front desk; every commune; every district.
 * Procedures of ministries and of their offices in the province, and those between state bodies (codes 5. and 6.), are
 * offered by nobody of the province.
 */
function offersOf(raw: RawProcedure, code: string, tenant: Tenant): OfferRule[] {
  if (/^[56]\./.test(code) || isOfCentralOffices(raw)) return [];
  const offers: OfferRule[] = [];
  if (raw.levels.includes("province")) {
    const named = tenant.agencies.filter(
      (agency) => agency.level === "province" && raw.agencies.some((body) => isSameBody(body, agency.shortName.vi)),
    );
    offers.push(named.length > 0 ? { agencies: named.map(({ id }) => id) } : { types: ["service-centre"] });
  }
  if (raw.levels.includes("district")) offers.push({ types: ["district-committee"] });
  if (raw.levels.includes("commune")) offers.push({ types: ["commune-committee"] });
  return offers;
}

/** "Sở Tư Pháp", "Sở Tư pháp - tỉnh Tây Ninh" are our "Sở Tư pháp". */
function isSameBody(body: string, own: string): boolean {
  const [theirs, ours] = [fold(body), fold(own)];
  return theirs === ours || (theirs.startsWith(`${ours} `) && theirs.length < ours.length + 30);
}

function same(text: string): Text {
  return { vi: text, en: text };
}
