import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answers } from "#province/forms/index.ts";
import { HOME, judgeForm } from "../judge-form.ts";

const stay = { row: "r1", fromDateStr: "2004-02", toDateStr: "2026-11", residencePlace: "Thị trấn Bến Cầu, Tây Ninh" };
const own: Answers = {
  formType: "1",
  declareTypeId: "3846",
  purpose: "Xin việc làm",
  birthPlace: "Tây Ninh",
  ethnicId: "01",
  idIssueDate: "2021-05-10",
  idIssuePlace: "Bộ Công an",
  residence: HOME,
  dadName: "Nguyễn Văn Tám",
  dadDob: "1960",
  momName: "Lê Thị Hai",
  momDob: "1965",
  residences: [stay],
};
const forSon: Answers = {
  ...own,
  formType: "2",
  declareTypeId: "3845",
  mandatorRelation: "chaMe",
  doiTuongPhi: "mien",
  fullName: "Nguyễn Minh Khôi",
  genderId: "1",
  birthDateStr: "2010-03-04",
  identifyNo: "072210000123",
  idIssueDate: "2024-07-10",
  residences: [{ ...stay, fromDateStr: "2024-03" }],
};

const { kept } = judgeForm(import.meta.dirname, {
  questions: 26,
  official: {
    form: "ly-lich-tu-phap",
    // Regions follow from the addresses, the day from the filing, delivery from its own step.
    elsewhere: ["reRegionId", "rtRegionId", "declareDate", "delivery", "deliveryAddress"],
  },
  filed: {
    "a job seeker": { answers: own, papers: [], due: 200_000 },
    "a father for his son under age": { answers: forSon, papers: ["identity-copy", "fee-group-proof"], due: 0 },
    "a student who needs four certificates": {
      answers: { ...own, doiTuongPhi: "giam", requestQty: 4 },
      papers: ["fee-group-proof"],
      due: 110_000,
    },
    "an authorised friend of a Lao citizen": {
      answers: {
        ...own,
        declareTypeId: "3845",
        mandatorRelation: "duocUyQuyen",
        mandatorDate: "2026-11-01",
        fullName: "Somchai Vong",
        genderId: "1",
        birthDateStr: "1985",
        nationalityId: "LA",
        ethnicId: undefined,
        identifyNo: "P1234567",
      },
      papers: ["identity-copy", "authorisation"],
      due: 200_000,
    },
  },
  refused: [
    ["a job seeker", { formType: "" }, "formType: required-choice"],
    ["a job seeker", { requestQty: 0 }, "requestQty: number-too-small"],
    ["a job seeker", { requestQty: 21 }, "requestQty: number-too-large"],
    ["a job seeker", { purpose: "" }, "purpose: required-text"],
    ["a job seeker", { idIssueDate: "1989-01-01" }, "idIssueDate: rule:capTruocKhiSinh"],
    ["a father for his son under age", { idIssueDate: "2009-01-01" }, "idIssueDate: rule:capTruocKhiSinh"],
    ["a father for his son under age", { mandatorRelation: "voChongCon" }, "formType: rule:phieuSo2UyQuyen"],
    ["a father for his son under age", { fullName: "" }, "fullName: required-text"],
    ["a father for his son under age", { identifyNo: "072211000123" }, "identifyNo: identity-birth"],
    ["a father for his son under age", { genderId: "2" }, "genderId: choice-unknown"],
    ["a job seeker", { residences: [{ ...stay, residencePlace: "" }] }, "residences.r1.residencePlace: required-text"],
    [
      "a job seeker",
      { residences: [{ ...stay, fromDateStr: "13/2004" }] },
      "residences.r1.fromDateStr: date-partial-shape",
    ],
    ["an authorised friend of a Lao citizen", { mandatorDate: "2026-12-01" }, "mandatorDate: date-future"],
  ],
});

test("codes of the justice ministry are worked out, not asked", () => {
  const answers = kept(own);
  assert.deepEqual(
    [answers["idTypeId"], answers["objectRequestId"], answers["fullName"]],
    ["3", "72", "Nguyễn Văn An"],
  );
});
