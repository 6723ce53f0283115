import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { formTrial, TRIAL_FACTS } from "#province/forms/form-trial.ts";

const { form, problems, refusals, kept } = formTrial(import.meta.dirname);
const area = "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh";

const father: Answers = {
  nycNgayCapGiayToTuyThan: "2021-05-10",
  nycNoiCapGiayToTuyThan: "Bộ Công an",
  nycLoaiCuTru: "thuongTru",
  nycNoiCuTru: { detail: "12 ấp 3", area },
  nycQuanHe: "cha",
  nksHoTen: "Nguyễn Minh Khôi",
  nksGioiTinh: "nam",
  nksNgaySinh: "2026-11-01",
  nksDanToc: "01",
  nksSinhTai: "trongNuoc",
  nksNoiSinh: { detail: "Trung tâm Y tế huyện Bến Cầu", area },
  nksQueQuan: "Xã Tiên Thuận, Huyện Bến Cầu, Tỉnh Tây Ninh",
  nksLoaiKhaiSinh: "duChaMe",
  meHoTen: "Trần Thị Bình",
  meNgaySinh: "1992",
  meDanToc: "01",
  meCungNoiCuTru: true,
  chaDanToc: "01",
  extractCopies: 2,
};

const grandmother: Answers = {
  ...father,
  nycQuanHe: "ongBa",
  nksDanToc: "99",
  nksDanTocKhac: "Tà Mun",
  nksLoaiKhaiSinh: "chuaXacDinhCha",
  meCungNoiCuTru: false,
  meNoiCuTru: { detail: "Khu phố 1", area },
};

const carer: Answers = {
  ...father,
  nycQuanHe: "nguoiNuoiDuong",
  nksLoaiKhaiSinh: "boRoi",
  nksSinhTai: "nuocNgoai",
  nksNoiSinhNuocNgoai: "Phnôm Pênh, Campuchia",
};

test("the form can be published", () => assert.deepEqual(problems, []));

test("a father, a grandmother without the father's name, and a carer abroad can file", () => {
  for (const answers of [father, grandmother, carer]) assert.deepEqual(refusals(answers), []);
});

test("a parent is not asked what the account says: name, birth date, paper and residence go to their own part", () => {
  const answers = kept(father);
  assert.equal(answers["chaHoTen"], "Nguyễn Văn An");
  assert.equal(answers["chaNgaySinh"], "1990-02-11");
  assert.equal(answers["chaSoGiayToTuyThan"], "072090001234");
  assert.equal(answers["chaLoaiGiayToTuyThan"], "cccd");
  assert.deepEqual(answers["chaNoiCuTru"], father["nycNoiCuTru"]);
  assert.deepEqual(answers["meNoiCuTru"], father["nycNoiCuTru"]);
  assert.equal(answers["nksNgaySinhBangChu"], "Ngày một tháng mười một năm hai nghìn không trăm hai mươi sáu");
});

test("the 61st day after birth is late", () => {
  assert.equal(kept({ ...father, nksNgaySinh: "2026-09-22" })["loaiDangKy"], "dungHan");
  assert.equal(kept({ ...father, nksNgaySinh: "2026-09-21" })["loaiDangKy"], "quaHan");
});

test("an account that says the address has one question less", () => {
  const { nycNoiCuTru: _, ...rest } = father;
  const facts = { ...TRIAL_FACTS, "account.address": `12 ấp 3, ${area}` };
  assert.deepEqual(refusals(rest, facts), []);
  assert.deepEqual(kept(rest, facts)["nycNoiCuTru"], { detail: "12 ấp 3", area });
});

test("what is wrong is refused with its reason", () => {
  const wrong: [Answers, string][] = [
    [{ nksHoTen: "" }, "nksHoTen: required-text"],
    [{ nksHoTen: "Nguyễn 2" }, "nksHoTen: name-characters"],
    [{ nksNgaySinh: "2026-12-01" }, "nksNgaySinh: date-future"],
    [{ nksNgaySinh: "31/02/2026" }, "nksNgaySinh: date-not-real"],
    [{ nksGioiTinh: "khác" }, "nksGioiTinh: choice-unknown"],
    [{ nycNoiCuTru: { detail: "12 ấp 3", area: "Bến Cầu" } }, "nycNoiCuTru.area: area-parts"],
    [{ nycNgayCapGiayToTuyThan: "1980-01-01" }, "nycNgayCapGiayToTuyThan: rule:giayToCapTruocKhiSinh"],
    [{ meSoGiayToTuyThan: "0720" }, "meSoGiayToTuyThan: identity-length"],
    [{ meSoGiayToTuyThan: "072190001234" }, "meSoGiayToTuyThan: identity-birth"],
    [{ meNgaySinh: "1990", meSoGiayToTuyThan: "072090001234" }, "chaSoGiayToTuyThan: rule:haiSoGiayToTrungNhau"],
    [{ meNgaySinh: "2026" }, "meNgaySinh: date-too-late"],
    [{ nksLoaiKhaiSinh: "chuaXacDinhCha" }, "nksLoaiKhaiSinh: rule:chaNhungChuaXacDinh"],
    [{ maGCS: "GCS-1", ngayCapGCS: "2026-10-01" }, "ngayCapGCS: rule:giayChungSinhTruocNgaySinh"],
    [{ extractCopies: 21 }, "extractCopies: number-too-large"],
    [{ nksDanToc: "99" }, "nksDanTocKhac: required-text"],
  ];
  for (const [change, reason] of wrong) assert.deepEqual(refusals({ ...father, ...change }), [reason]);
});

const reference = join(import.meta.dirname, "../../../shared/data/forms.json");

test("every field of the ministry's list has its place on the form", {
  skip: !existsSync(reference) && "the list of fields is not on this machine",
}, () => {
  const { forms } = JSON.parse(readFileSync(reference, "utf8")) as {
    forms: { id: string; fields: { id: string }[] }[];
  };
  const own = new Set(
    form.pages.flatMap((page) => page.sections).flatMap((section) => section.items.map((item) => item.id)),
  );
  const fields = forms.find((candidate) => candidate.id === form.id)?.fields.map((field) => field.id) ?? [];
  assert.equal(fields.length, 43);
  assert.deepEqual(
    fields.filter((id) => !own.has(id) && id !== "soLuongBanSao"),
    [],
  );
});
