import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const cottage: Answers = {
  nycNoiCuTru: HOME,
  diaDiemXayDung: { detail: "Thửa 45, tờ 12, khu phố 2", area: HOME.area },
  thuaSo: "45",
  toBanDo: "12",
  dienTichDat: 300,
  soGiayChungNhan: "BD 123456",
  dienTichXayDung: 96.5,
  chieuCao: 5.2,
  nguoiThietKe: "hoGiaDinh",
  coLienKe: false,
  thoiGianThiCong: 6,
};
const townhouse: Answers = {
  ...cottage,
  soTangNoi: 4,
  soTangHam: 1,
  tongDienTichSan: 460,
  chieuCao: 16.5,
  nguoiThietKe: "toChuc",
  tenThietKe: "Công ty TNHH Thiết kế Nhà Xanh",
  maChungChi: "TAN-00012345",
  coLienKe: true,
};
const { soGiayChungNhan: _certificate, ...onPaper } = cottage;

judgeForm(import.meta.dirname, {
  questions: 18,
  filed: {
    "a family that draws its own cottage": { answers: cottage, papers: ["house-drawings"], due: 0 },
    "a town house between neighbours": {
      answers: townhouse,
      papers: ["house-drawings", "neighbour-undertaking"],
      due: 0,
    },
    "an owner whose land is in no database": { answers: onPaper, papers: ["land-right", "house-drawings"], due: 0 },
  },
  refused: [
    ["a family that draws its own cottage", { thuaSo: "" }, "thuaSo: required-text"],
    ["a family that draws its own cottage", { dienTichDat: 0.5, dienTichXayDung: 1 }, "dienTichDat: number-too-small"],
    ["a family that draws its own cottage", { dienTichXayDung: 251 }, "nguoiThietKe: rule:tuThietKeQuaLon"],
    ["a town house between neighbours", { dienTichXayDung: 301 }, "dienTichXayDung: rule:xayLonHonDat"],
    ["a town house between neighbours", { tongDienTichSan: 90 }, "tongDienTichSan: rule:sanNhoHonTangMot"],
    ["a town house between neighbours", { tongDienTichSan: "" }, "tongDienTichSan: required-text"],
    ["a town house between neighbours", { soTangNoi: 0 }, "soTangNoi: number-too-small"],
    ["a town house between neighbours", { soTangHam: 6 }, "soTangHam: number-too-large"],
    ["a town house between neighbours", { tenThietKe: "" }, "tenThietKe: required-text"],
    ["a town house between neighbours", { chieuCao: "mười mét" }, "chieuCao: decimal-shape"],
    ["an owner whose land is in no database", { coLienKe: "" }, "coLienKe: required-choice"],
    ["an owner whose land is in no database", { thoiGianThiCong: 61 }, "thoiGianThiCong: number-too-large"],
    ["an owner whose land is in no database", { chieuCao: 12 }, "nguoiThietKe: rule:tuThietKeQuaLon"],
  ],
});
