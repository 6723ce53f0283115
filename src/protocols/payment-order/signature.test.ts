import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type ConfirmMessage, type InitMessage, makeReference } from "./messages.ts";
import { signConfirm, signInit, signQuery, verifyMac } from "./signature.ts";

const init = {
  LoaiBanTin: "INIT",
  PhienBan: "1.0.6",
  MaDoiTac: "DEMO",
  MaThamChieu: "dvcH5331200101260008120260101083000",
  SoTien: "50000",
  LoaiHinhThanhToan: "PAY",
  MaKenhThanhToan: "1",
  MaThietBi: "1",
  NgonNgu: "vi-VN",
  MaTienTe: "VND",
  MaNganHang: "PAYMENT",
  ThongTinGiaoDich: "Thanh toan le phi",
  ThoiGianGD: "20260101083000",
  Ip: "127.0.0.1",
} as const satisfies Partial<InitMessage>;

test("INIT is signed as the platform's vector says", () => {
  assert.equal(
    signInit({ ...init, ThongTinBienLai: {} as InitMessage["ThongTinBienLai"] }, "DEMO_SECRET"),
    "710f22ec2e9eb0e48078d136842eb32f59f5ced0f139cb7907f9c4178eb6a9f9",
  );
});

test("QUERY hashes QUERY|1.0.6|MaDoiTac|MaThamChieu|ThoiGianGD|SECRET", () => {
  const message = {
    LoaiBanTin: "QUERY",
    PhienBan: "1.0.6",
    MaDoiTac: "DEMO",
    MaThamChieu: "dvc1",
    ThoiGianGD: "20260101083000",
  } as const;
  const expected = createHash("sha256").update("QUERY|1.0.6|DEMO|dvc1|20260101083000|S").digest("hex");
  assert.equal(signQuery(message, "S"), expected);
});

const confirm: ConfirmMessage = JSON.parse(readFileSync(new URL("examples/confirm.json", import.meta.url), "utf8"));

test("a CONFIRM is believed under the current and under the previous secret, and under no other", () => {
  const signed = { ...confirm, MaXacThuc: signConfirm(confirm, "old") };
  assert.equal(verifyMac(signed, signConfirm, ["new", "old"]), true);
  assert.equal(verifyMac(signed, signConfirm, ["old"]), true);
  assert.equal(verifyMac(signed, signConfirm, ["new"]), false);
});

test("changing any signed field of a CONFIRM makes its hash wrong", () => {
  const signed = { ...confirm, MaXacThuc: signConfirm(confirm, "secret") };
  for (const field of Object.keys(confirm) as (keyof ConfirmMessage)[]) {
    if (field === "MaXacThuc") continue;
    assert.equal(verifyMac({ ...signed, [field]: `${signed[field]}0` }, signConfirm, ["secret"]), false, field);
  }
});

test("a reference is dvc + the code without punctuation + the time", () => {
  assert.equal(makeReference("000.20.31.H53-260110-0008", "20260101083000"), "dvc0002031H53260110000820260101083000");
  assert.equal(makeReference("363815", "20200722081949"), "dvc36381520200722081949");
});
