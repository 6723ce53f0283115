/**
 * Who may call what, route by route. A route that is mounted and not named here makes the test fail: whoever adds one
 * says here whose it is. `:id` and the like are filled from the owner's things.
 */
import type { OfficerRole } from "#province/officers/index.ts";
import type { Things } from "./place.ts";

export type Rule =
  /** Anybody, signed in or not; shows nothing of anybody. */
  | { readonly for: "everybody" }
  /** Programs that bring a signature or a password: without it nothing changes. */
  | { readonly for: "program" }
  /** Whoever is signed in, about themselves. */
  | { readonly for: "person" }
  /** The owner of the thing in the address; to others it does not exist. */
  | { readonly for: "owner" }
  /** Officers of these roles in whose unit the dossier lies. */
  | { readonly for: "officers"; readonly roles: readonly OfficerRole[] }
  /** Officers of these roles, each about their own units. */
  | { readonly for: "roles"; readonly roles: readonly OfficerRole[] }
  /** Any officer, about their own work. */
  | { readonly for: "officer" };

export interface Row {
  readonly rule: Rule;
  /** The address with the owner's things in it. */
  readonly at?: (things: Things) => string;
  /** Posted values that are understood and change nothing. */
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: true;
  /** The form speaks of more than the table knows: only refusals are judged. */
  readonly needsMore?: true;
}

export type RouteTable = Readonly<Record<string, Row>>;

const everybody: Row = { rule: { for: "everybody" } };
const person: Row = { rule: { for: "person" } };
const program: Row = { rule: { for: "program" } };
const own = (at: (things: Things) => string, more: Partial<Row> = {}): Row => ({ rule: { for: "owner" }, at, ...more });

/** What every site has. */
const SITE: RouteTable = {
  "GET /healthz": everybody,
  "GET /readyz": everybody,
  "GET /theme.css": everybody,
  "GET /assets/*": everybody,
  "GET /favicon.ico": everybody,
  "GET /robots.txt": everybody,
};

export const PORTAL: RouteTable = {
  ...SITE,
  "GET /": everybody,
  "GET /thu-tuc": everybody,
  "GET /thu-tuc/goi-y": everybody,
  "GET /thu-tuc/:code/mau-don.pdf": { ...everybody, at: () => "/thu-tuc/1.001193/mau-don.pdf" },
  "GET /huong-dan": everybody,
  "GET /su-kien": everybody,
  "GET /su-kien/:slug": { ...everybody, at: () => "/su-kien/sinh-con" },
  "GET /sitemap.xml": everybody,
  "GET /danh-gia": everybody,
  "GET /ho-so/:id/danh-gia": own(({ returned }) => `/ho-so/${returned}/danh-gia`),
  "POST /ho-so/:id/danh-gia": own(({ returned }) => `/ho-so/${returned}/danh-gia`),
  "GET /tra-cuu": everybody,
  "POST /tra-cuu": everybody,
  "GET /gop-y": everybody,
  "POST /gop-y": everybody,
  "GET /gop-y/tra-cuu": everybody,
  "GET /nguon/thu-tuc": everybody,
  "GET /thu-tuc/:code": { ...everybody, at: () => "/thu-tuc/1.001193" },
  "GET /dang-nhap": everybody,
  "GET /dang-nhap/dvcqg": everybody,
  "GET /dang-nhap/tra-ve": everybody,
  "POST /dang-xuat": everybody,
  "GET /xac-minh": everybody,
  "GET /xac-minh/:code": { ...everybody, at: () => "/xac-minh/ABCDEFGH23456789" },
  "POST /xac-minh/tep": { ...everybody, multipart: true },
  "GET /api/v1/openapi.json": everybody,
  "GET /api/v1/procedures/:code": { ...everybody, at: () => "/api/v1/procedures/1.001193" },
  "GET /api/v1/procedures/:code/versions/:version/schema.json": {
    ...everybody,
    at: () => "/api/v1/procedures/1.001193/versions/1/schema.json",
  },
  "POST /api/v1/token": program,
  "POST /api/v1/files": program,
  "POST /api/v1/dossiers": program,
  "GET /api/v1/dossiers/:id": { ...program, at: ({ filed }) => `/api/v1/dossiers/${filed}` },
  "POST /thanh-toan/xac-nhan": program,
  "POST /thanh-toan/khieu-nai": program,
  // Its reference is a secret of the payment; it answers with an address that only the owner may open.
  "GET /thanh-toan/tra-ve": { ...everybody, at: () => "/thanh-toan/tra-ve?MaThamChieu=3638152026" },
  "POST /thanh-toan/tra-cuu": program,
  // Payment links for somebody else's fee: whoever has the code may pay. These codes are nobody's.
  "GET /nop-thay/:code": everybody,
  "POST /nop-thay/:code": everybody,
  "GET /nop-thay/:code/trang-thai": everybody,
  "GET /tai-khoan": person,
  "GET /giao-dich": person,
  "GET /nhan-thong-bao.js": everybody,
  "GET /thong-bao": person,
  "POST /thong-bao/da-doc": person,
  // A notice of a random id is nobody's; that another person's does not exist is tested beside it.
  "POST /thong-bao/:id/mo": person,
  "GET /tai-khoan/thong-bao": person,
  "POST /tai-khoan/thong-bao": person,
  "POST /tai-khoan/thong-bao/thiet-bi": person,
  "POST /tai-khoan/thong-bao/thiet-bi/:id/bo": person,
  "POST /giao-dich/thanh-toan": person,
  "GET /thu-tuc/:code/nop": { ...person, at: () => "/thu-tuc/1.001193/nop" },
  "POST /thu-tuc/:code/nop": { ...person, at: () => "/thu-tuc/1.001193/nop" },
  "GET /nop-nhieu/:code": { ...person, at: () => "/nop-nhieu/2.000635" },
  "POST /nop-nhieu/:code": { ...person, at: () => "/nop-nhieu/2.000635", multipart: true },
  "GET /nop-nhieu/:code/mau.xlsx": { ...person, at: () => "/nop-nhieu/2.000635/mau.xlsx" },
  "GET /nop-nhieu/:code/mau.csv": { ...person, at: () => "/nop-nhieu/2.000635/mau.csv" },
  "GET /nop-nhieu/lo/:id": own(({ batch }) => `/nop-nhieu/lo/${batch}`),
  "GET /nop-nhieu/lo/:id/trang-thai": own(({ batch }) => `/nop-nhieu/lo/${batch}/trang-thai`),
  "GET /nop-nhieu/lo/:id/loi.xlsx": own(({ batch }) => `/nop-nhieu/lo/${batch}/loi.xlsx`),
  "GET /nop-nhieu/lo/:id/loi.csv": own(({ batch }) => `/nop-nhieu/lo/${batch}/loi.csv`),
  "POST /nop-nhieu/lo/:id/bang": own(({ batch }) => `/nop-nhieu/lo/${batch}/bang`, { multipart: true }),
  "POST /nop-nhieu/lo/:id/giay-to": own(({ batch }) => `/nop-nhieu/lo/${batch}/giay-to`, { multipart: true }),
  "GET /nop-nhieu/lo/:id/dong/:seq": own(({ batch }) => `/nop-nhieu/lo/${batch}/dong/1`),
  "POST /nop-nhieu/lo/:id/dong/:seq": own(({ batch }) => `/nop-nhieu/lo/${batch}/dong/1`, { multipart: true }),
  "POST /nop-nhieu/lo/:id/nop": own(({ batch }) => `/nop-nhieu/lo/${batch}/nop`),
  "POST /nop-nhieu/lo/:id/thanh-toan": own(({ batch }) => `/nop-nhieu/lo/${batch}/thanh-toan`),
  "POST /nop-nhieu/lo/:id/xoa": own(({ batch }) => `/nop-nhieu/lo/${batch}/xoa`),
  "GET /ho-so/:id": own(({ filed }) => `/ho-so/${filed}`),
  "GET /ho-so/:id/rut": own(({ filed }) => `/ho-so/${filed}/rut`),
  "POST /ho-so/:id/rut": own(({ filed }) => `/ho-so/${filed}/rut`, { form: { phienBan: "-1" } }),
  "GET /ho-so/:id/bo-sung": own(({ filed }) => `/ho-so/${filed}/bo-sung`),
  "POST /ho-so/:id/bo-sung": own(({ filed }) => `/ho-so/${filed}/bo-sung`, { multipart: true }),
  // Asked for as a page, not as a stream: its owner is told so, everybody else that there is no such dossier.
  "GET /ho-so/:id/su-kien": own(({ filed }) => `/ho-so/${filed}/su-kien`),
  "GET /ho-so/:id/trao-doi": own(({ filed }) => `/ho-so/${filed}/trao-doi`),
  "POST /ho-so/:id/trao-doi": own(({ returned }) => `/ho-so/${returned}/trao-doi`, { multipart: true }),
  // No letter of the place has a file: that it is the owner's alone is tested beside it.
  "GET /ho-so/:id/trao-doi/:file": person,
  "GET /ho-so/:id/ket-qua": own(({ returned }) => `/ho-so/${returned}/ket-qua`),
  "GET /ho-so/:id/to-khai.pdf": own(({ filed }) => `/ho-so/${filed}/to-khai.pdf`),
  "GET /tep/:id": own(({ file }) => `/tep/${file}`),
  "GET /phieu/:file": own(({ slip }) => `/phieu/${slip}.pdf`),
  "GET /bien-lai/:file": own(({ receipt }) => `/bien-lai/${receipt}.pdf`),
  "GET /ho-so/:id/ke-khai": own(({ draft }) => `/ho-so/${draft}/ke-khai`),
  "GET /ho-so/:id/ke-khai/:page": own(({ draft }) => `/ho-so/${draft}/ke-khai/nguoi-yeu-cau`),
  "POST /ho-so/:id/ke-khai/:page": own(({ filed }) => `/ho-so/${filed}/ke-khai/nguoi-yeu-cau`),
  "GET /ho-so/:id/nhan-ket-qua": own(({ draft }) => `/ho-so/${draft}/nhan-ket-qua`),
  "POST /ho-so/:id/nhan-ket-qua": own(({ filed }) => `/ho-so/${filed}/nhan-ket-qua`),
  "GET /ho-so/:id/xoa-nhap": own(({ draft }) => `/ho-so/${draft}/xoa-nhap`),
  "POST /ho-so/:id/xoa-nhap": own(({ filed }) => `/ho-so/${filed}/xoa-nhap`),
  "POST /ho-so/:id/da-xem": own(({ draft }) => `/ho-so/${draft}/da-xem`),
  "GET /don-vi-hanh-chinh": everybody,
  "GET /thu-tuc/:code/giay-to-can-nop": { ...everybody, at: () => "/thu-tuc/1.001193/giay-to-can-nop" },
  "GET /giay-to": person,
  "POST /giay-to": { ...person, multipart: true },
  // Papers, pictures and uploads of random ids are nobody's; that another person's do not exist is tested beside them.
  "GET /giay-to/:id": person,
  "GET /giay-to/ban-so-hoa/:id": person,
  "GET /tep/:id/anh-nho": person,
  "POST /tep/:id/anh-nho": person,
  "GET /tai-len/:id": person,
  "PATCH /tai-len/:id": person,
  "DELETE /tai-len/:id": person,
  "POST /ho-so/:id/tai-len": own(({ draft }) => `/ho-so/${draft}/tai-len`),
  "GET /ho-so/:id/giay-to": own(({ draft }) => `/ho-so/${draft}/giay-to`),
  "POST /ho-so/:id/giay-to": own(({ draft }) => `/ho-so/${draft}/giay-to`, { multipart: true }),
  "GET /ho-so/:id/kiem-tra": own(({ draft }) => `/ho-so/${draft}/kiem-tra`),
  "POST /ho-so/:id/kiem-tra": own(({ draft }) => `/ho-so/${draft}/kiem-tra`),
  "GET /ho-so/:id/da-gui": own(({ filed }) => `/ho-so/${filed}/da-gui`),
  "GET /ho-so/:id/thanh-toan": own(({ filed }) => `/ho-so/${filed}/thanh-toan`),
  "GET /ho-so/:id/thanh-toan/trang-thai": own(({ filed }) => `/ho-so/${filed}/thanh-toan/trang-thai`),
  // Nothing is owed for this one: pressing changes nothing.
  "POST /ho-so/:id/thanh-toan": own(({ returned }) => `/ho-so/${returned}/thanh-toan`),
};

const ALL: readonly OfficerRole[] = ["one-stop", "specialist", "leader", "accountant"];
const by = (roles: readonly OfficerRole[], at: (things: Things) => string, more: Partial<Row> = {}): Row => ({
  rule: { for: "officers", roles },
  at,
  form: { version: "-1" },
  ...more,
});
const act = (name: string, roles: readonly OfficerRole[], form: Readonly<Record<string, string>> = {}): Row =>
  by(roles, ({ filed }) => `/ho-so/${filed}/${name}`, { form: { version: "-1", ...form } });
const officer: Row = { rule: { for: "officer" } };
const accounts: Row = { rule: { for: "roles", roles: ["accountant", "leader"] } };
const administrators: Row = { rule: { for: "roles", roles: ["administrator"] } };
const counter: Row = { rule: { for: "roles", roles: ["one-stop"] } };
/** Dossiers of a counter only, of which none stands here: refusals are judged, the rest in counter.db.test.ts. */
const atCounter: Row = { ...counter, needsMore: true };
const accountants: Row = { rule: { for: "roles", roles: ["accountant"] }, needsMore: true };

export const DESK: RouteTable = {
  ...SITE,
  "GET /dang-nhap": everybody,
  "POST /dang-nhap": everybody,
  "GET /dang-nhap/ma-xac-thuc": everybody,
  "POST /dang-nhap/ma-xac-thuc": everybody,
  "POST /dang-xuat": everybody,
  "GET /": officer,
  "GET /ho-so/:id": by(ALL, ({ filed }) => `/ho-so/${filed}`),
  "POST /ho-so/:id/luu": act("luu", ALL),
  "POST /ho-so/:id/mo": act("mo", ALL),
  "POST /ho-so/:id/tiep-nhan": act("tiep-nhan", ["one-stop"]),
  "POST /ho-so/:id/ky-so": act("ky-so", ["one-stop", "specialist"]),
  "POST /ho-so/:id/ky-ket-qua": act("ky-ket-qua", ["leader"]),
  "POST /ho-so/:id/tra-ket-qua": act("tra-ket-qua", ["one-stop", "leader"]),
  "POST /ho-so/:id/yeu-cau-nop-phi": act("yeu-cau-nop-phi", ["one-stop", "specialist", "accountant"]),
  "GET /ho-so/:id/bo-sung": act("bo-sung", ["one-stop", "specialist", "leader"]),
  "POST /ho-so/:id/bo-sung": act("bo-sung", ["one-stop", "specialist", "leader"]),
  "GET /ho-so/:id/tu-choi": act("tu-choi?viec=decline", ["one-stop"]),
  "POST /ho-so/:id/tu-choi": act("tu-choi", ["specialist", "leader"], { viec: "refuse" }),
  "GET /ho-so/:id/gia-han": act("gia-han", ["specialist", "leader"]),
  "POST /ho-so/:id/gia-han": act("gia-han", ["specialist", "leader"]),
  "GET /ho-so/:id/chuyen-thu-ly": act("chuyen-thu-ly", ["one-stop", "specialist", "leader"]),
  "POST /ho-so/:id/chuyen-thu-ly": act("chuyen-thu-ly", ["one-stop", "specialist", "leader"]),
  "GET /ho-so/:id/ket-qua": act("ket-qua", ["specialist", "leader"]),
  "POST /ho-so/:id/ket-qua": { ...act("ket-qua", ["specialist", "leader"]), multipart: true },
  "GET /ho-so/:id/to-khai.pdf": by(ALL, ({ filed }) => `/ho-so/${filed}/to-khai.pdf`),
  "GET /ho-so/:id/ket-qua.pdf": by(ALL, ({ returned }) => `/ho-so/${returned}/ket-qua.pdf`),
  "GET /ho-so/:id/trao-doi": act("trao-doi", ALL),
  "POST /ho-so/:id/trao-doi": { ...act("trao-doi", ["one-stop", "specialist", "leader"]), multipart: true },
  "GET /ho-so/:id/trao-doi/:file": by(
    ALL,
    ({ filed }) => `/ho-so/${filed}/trao-doi/00000000-0000-7000-8000-000000000000`,
    { needsMore: true },
  ),
  "POST /ho-so/:id/phieu/tiep-nhan": act("phieu/tiep-nhan", ["one-stop"]),
  "POST /ho-so/:id/phieu/kiem-soat": act("phieu/kiem-soat", ["one-stop", "specialist", "leader"]),
  "GET /ho-so/:id/phieu/:slip": by(ALL, ({ filed, slip }) => `/ho-so/${filed}/phieu/${slip}.pdf`),
  "GET /ho-so/:id/ban-giao": act("ban-giao", ["one-stop", "leader"]),
  "POST /ho-so/:id/ban-giao": act("ban-giao", ["one-stop", "leader"]),
  "GET /ho-so/:id/ban-giao/chu-ky.png": { ...act("ban-giao/chu-ky.png", ["one-stop", "leader"]), needsMore: true },
  "GET /ho-so/:id/phi": by(ALL, ({ filed }) => `/ho-so/${filed}/phi`),
  "POST /ho-so/:id/phi/thu": { ...act("phi/thu", ["one-stop", "accountant"]), needsMore: true },
  "POST /ho-so/:id/phi/yeu-cau": act("phi/yeu-cau", ["one-stop", "specialist", "accountant"]),
  "POST /ho-so/:id/phi/mien": { ...act("phi/mien", ["one-stop", "specialist", "accountant"]), needsMore: true },
  "GET /danh-gia": { rule: { for: "roles", roles: ["one-stop", "leader"] } },
  "POST /danh-gia/:id": { rule: { for: "roles", roles: ["leader"] }, needsMore: true },
  "GET /phan-anh": { rule: { for: "roles", roles: ["one-stop", "leader"] } },
  // Nobody's feedback: only refusals are judged here, the rest in feedback.db.test.ts.
  "GET /phan-anh/:id": { rule: { for: "roles", roles: ["one-stop", "leader"] }, needsMore: true },
  "POST /phan-anh/:id/tra-loi": { rule: { for: "roles", roles: ["one-stop", "leader"] }, needsMore: true },
  "GET /ke-toan": accounts,
  "GET /ke-toan/so-cai": accounts,
  "GET /ke-toan/sao-ke": accounts,
  "POST /ke-toan/sao-ke/tep": accountants,
  // No line stands here: only refusals are judged.
  "GET /ke-toan/sao-ke/:id": { ...accounts, needsMore: true },
  "POST /ke-toan/sao-ke/:id": accountants,
  "POST /ke-toan/sao-ke/:id/tra-lai": accountants,
  "POST /ke-toan/sao-ke/:id/tra-lai/duyet": { ...accounts, needsMore: true },
  "POST /ke-toan/sao-ke/:id/tra-lai/da-chuyen": accountants,
  "GET /ke-toan/tien-mat": { rule: { for: "roles", roles: ["one-stop", "accountant", "leader"] } },
  "POST /ke-toan/tien-mat/khoa-so": { rule: { for: "roles", roles: ["one-stop", "accountant"] }, needsMore: true },
  "POST /ke-toan/tien-mat/nop": { rule: { for: "roles", roles: ["one-stop", "accountant"] }, needsMore: true },
  "GET /ke-toan/bien-lai": accounts,
  "GET /ke-toan/bien-lai/01-th-bldt.csv": accounts,
  "GET /ke-toan/bien-lai/:id/thay-the": by(["accountant"], ({ receipt }) => `/ke-toan/bien-lai/${receipt}/thay-the`),
  "POST /ke-toan/bien-lai/:id/thay-the": by(["accountant"], ({ receipt }) => `/ke-toan/bien-lai/${receipt}/thay-the`),
  "GET /ke-toan/cho-xu-ly": accounts,
  // Nothing waits here: only refusals are judged.
  "GET /ke-toan/cho-xu-ly/:id": { ...accounts, needsMore: true },
  "POST /ke-toan/cho-xu-ly/:id/de-xuat": accountants,
  "POST /ke-toan/cho-xu-ly/:id/duyet": { ...accounts, needsMore: true },
  "POST /ke-toan/cho-xu-ly/:id/da-tra": accountants,
  "POST /ke-toan/cho-xu-ly/:id/gui-lai": accountants,
  "GET /quan-tri": administrators,
  "GET /quan-tri/ung-dung": administrators,
  "POST /quan-tri/ung-dung": administrators,
  "POST /quan-tri/ung-dung/:id/thu-hoi": { ...administrators, needsMore: true },
  "GET /quan-tri/ngay-nghi": administrators,
  "POST /quan-tri/ngay-nghi": administrators,
  "GET /quan-tri/soan": administrators,
  "POST /quan-tri/soan": administrators,
  "POST /quan-tri/soan/nhap": { ...administrators, needsMore: true },
  "GET /quan-tri/thu-tuc/:code/soan": { ...administrators, at: () => "/quan-tri/thu-tuc/1.001193/soan" },
  "POST /quan-tri/thu-tuc/:code/soan": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/6.999999/soan",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/so-sanh": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/so-sanh",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/lich-su": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/lich-su",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/tra-ve": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/tra-ve",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/lay-moi": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/lay-moi",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/bo": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/bo",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/de-xuat": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/de-xuat",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/de-xuat": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/de-xuat",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/muc/:kind/:id": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/muc/procedure/-",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/muc/:kind/:id": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/muc/procedure/-",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/them": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/them",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/them": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/them",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/viec": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/viec",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/xuat": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/xuat",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/xem-thu": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/xem-thu",
    needsMore: true,
  },
  "GET /quan-tri/thu-tuc/:code/soan/xem-thu/khung": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/xem-thu/khung",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/xem-thu/khung": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/xem-thu/khung",
    needsMore: true,
  },
  "POST /quan-tri/thu-tuc/:code/soan/xem-thu/xoa": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/soan/xem-thu/xoa",
    needsMore: true,
  },
  "GET /quan-tri/tu-tim-kiem": administrators,
  "POST /quan-tri/tu-tim-kiem": administrators,
  "POST /quan-tri/tu-tim-kiem/bo": administrators,
  "GET /quan-tri/cong-bo": administrators,
  "GET /quan-tri/cong-bo/:id": { ...administrators, needsMore: true },
  "POST /quan-tri/cong-bo/:id/cong-bo": { ...administrators, needsMore: true },
  "POST /quan-tri/cong-bo/:id/tu-choi": { ...administrators, needsMore: true },
  "GET /quan-tri/thu-tuc": administrators,
  "GET /quan-tri/thu-tuc/:code": { ...administrators, at: () => "/quan-tri/thu-tuc/1.001193" },
  "GET /quan-tri/thu-tuc/:code/so-sanh": {
    ...administrators,
    at: () => "/quan-tri/thu-tuc/1.001193/so-sanh?tu=1&den=1",
  },
  "POST /quan-tri/thu-tuc/:code/bai-bo": { ...administrators, at: () => "/quan-tri/thu-tuc/1.001193/bai-bo" },
  "POST /danh-sach/luu": { rule: { for: "officer" }, needsMore: true },
  "GET /danh-sach.csv": officer,
  "GET /danh-sach.xlsx": officer,
  // Tells nothing of the dossier: without a list that it was opened from it leads back to the lists.
  "GET /ho-so/:id/ke-tiep": { ...officer, at: ({ filed }) => `/ho-so/${filed}/ke-tiep`, needsMore: true },
  // No batch stands here: only refusals are judged.
  "POST /hang-loat": { rule: { for: "officer" }, needsMore: true },
  "GET /hang-loat/:id": { rule: { for: "officer" }, needsMore: true },
  "POST /hang-loat/:id/tiep": { rule: { for: "officer" }, needsMore: true },
  "GET /hang-loat/:id/giay.pdf": { rule: { for: "officer" }, needsMore: true },
  "GET /quan-tri/phan-cong": administrators,
  "POST /quan-tri/phan-cong/quy-tac": administrators,
  "POST /quan-tri/phan-cong/quy-tac/bo": { ...administrators, needsMore: true },
  "POST /quan-tri/phan-cong/vang-mat": administrators,
  "POST /quan-tri/phan-cong/vang-mat/ket-thuc": { ...administrators, needsMore: true },
  "GET /tep/:fileId": by(ALL, ({ file }) => `/tep/${file}`),
  "GET /quay": counter,
  "GET /so-theo-doi": { rule: { for: "roles", roles: ["one-stop", "specialist", "leader"] } },
  "GET /quay/so-thu-tu": counter,
  "POST /quay/so-thu-tu": counter,
  "GET /so-thu-tu/:agency": { ...everybody, at: () => "/so-thu-tu/so-nnptnt" },
  "GET /so-thu-tu/:agency/hien-tai": { ...everybody, at: () => "/so-thu-tu/so-nnptnt/hien-tai" },
  "GET /quay/:code": { ...counter, at: () => "/quay/1.001193" },
  "POST /quay/:code": { ...counter, at: () => "/quay/1.001193" },
  "GET /quay/xong/:id": by(["one-stop"], ({ filed }) => `/quay/xong/${filed}`),
  "GET /tai-khoan": counter,
  "GET /don-vi-hanh-chinh": everybody,
  "GET /ho-so/:id/ke-khai": atCounter,
  "GET /ho-so/:id/ke-khai/:page": atCounter,
  "POST /ho-so/:id/ke-khai/:page": atCounter,
  "GET /ho-so/:id/nhan-ket-qua": atCounter,
  "POST /ho-so/:id/nhan-ket-qua": atCounter,
  "GET /ho-so/:id/xoa-nhap": atCounter,
  "POST /ho-so/:id/xoa-nhap": atCounter,
  "POST /ho-so/:id/da-xem": atCounter,
  "GET /ho-so/:id/giay-to": atCounter,
  "POST /ho-so/:id/giay-to": atCounter,
  "GET /ho-so/:id/kiem-tra": atCounter,
  "POST /ho-so/:id/kiem-tra": atCounter,
  "GET /ho-so/:id/da-gui": atCounter,
  "POST /ho-so/:id/tai-len": atCounter,
  "GET /tai-len/:id": atCounter,
  // Only their strangers are asked for here: the table posts and gets.
  "PATCH /tai-len/:id": officer,
  "DELETE /tai-len/:id": officer,
  "GET /tep/:id/anh-nho": atCounter,
  "POST /tep/:id/anh-nho": atCounter,
};

export const NATIONAL: RouteTable = {
  ...SITE,
  "GET /": everybody,
  "GET /tim-kiem": everybody,
  "GET /dieu-khoan": everybody,
  "GET /dang-ky": everybody,
  "GET /dang-ky/cong-dan/thue-bao": everybody,
  "POST /dang-ky/cong-dan/thue-bao": everybody,
  "GET /ma-xac-thuc/:purpose": { ...everybody, at: () => "/ma-xac-thuc/sign-in" },
  // Steps of a journey that this browser has begun: without it they lead to its start.
  "GET /dang-ky/otp": everybody,
  "POST /dang-ky/otp": everybody,
  "POST /dang-ky/otp/gui-lai": everybody,
  "GET /dang-ky/mat-khau": everybody,
  "POST /dang-ky/mat-khau": everybody,
  "GET /dang-ky/da-co-tai-khoan": everybody,
  "GET /quen-mat-khau": everybody,
  "POST /quen-mat-khau": everybody,
  "GET /quen-mat-khau/otp": everybody,
  "POST /quen-mat-khau/otp": everybody,
  "POST /quen-mat-khau/otp/gui-lai": everybody,
  "GET /quen-mat-khau/mat-khau": everybody,
  "POST /quen-mat-khau/mat-khau": everybody,
  "GET /dang-nhap": everybody,
  "GET /dang-nhap/tai-khoan": everybody,
  "POST /dang-nhap/tai-khoan": everybody,
  "GET /dang-nhap/otp": everybody,
  "POST /dang-nhap/otp": everybody,
  "POST /dang-nhap/otp/gui-lai": everybody,
  "GET /dang-nhap/phien/:uid": everybody,
  "GET /dang-nhap/phien/:uid/tai-khoan": everybody,
  "POST /dang-nhap/phien/:uid/tai-khoan": everybody,
  "GET /dang-nhap/phien/:uid/otp": everybody,
  "POST /dang-nhap/phien/:uid/otp": everybody,
  "POST /dang-nhap/phien/:uid/otp/gui-lai": everybody,
  "POST /dang-xuat": everybody,
  "GET /tai-khoan": person,
  "POST /tai-khoan/phien/ket-thuc": person,
  "GET /dich-vu-cong-cua-toi": person,
  "POST /dich-vu-cong-cua-toi/thanh-toan": person,
  "POST /dong-bo/dang-nhap": program,
  "POST /dong-bo": program,
  "POST /nen-tang/thanh-toan": program,
  "POST /thanh-toan/ipn/momo": program,
  "POST /thanh-toan/ipn/zalopay": program,
  "POST /thanh-toan/ipn/vnpt-pay": program,
  "GET /thanh-toan/ipn/vnpay": program,
  // Payment links: whoever knows the order's random id may pay it. These ids are nobody's.
  "GET /thanh-toan/:order": everybody,
  "GET /thanh-toan/:order/don-hang": everybody,
  "POST /thanh-toan/:order/thanh-toan": everybody,
  "GET /thanh-toan/chuyen-khoan/:attempt": everybody,
  "GET /thanh-toan/tra-ve/vnpt-pay": everybody,
  "GET /thanh-toan/ket-qua/:attempt": everybody,
  "GET /thanh-toan/ket-qua/:attempt/trang-thai": everybody,
  "POST /thanh-toan/ket-qua/:attempt/chon-cach-khac": everybody,
};
