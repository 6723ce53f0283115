import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { newSecretId } from "#kit/ids.ts";
import type { Db } from "#kit/db.ts";
import { type FeeProvince, findUnpaidFee, payUnpaidFee, provinceOfCode } from "./pay-unpaid-fee.ts";

const code = "000.20.31.H53-200610-0007";
const bill = {
  MaTraCuuTT: "0123456789abcdef0123456789abcdef",
  MaHoSo: code,
  SoTien: "8000",
  NoiDung: "Thanh toán lệ phí cho hồ sơ 321439",
  HoTenNguoiNop: "N. V. An",
  TenTTHC: "Khai sinh",
  TenDonVi: "UBND",
  TenTKThuHuong: "Kho bạc",
  PhiLePhi: [{ LoaiPhiLePhi: "1", MaPhiLePhi: "x", TenPhiLePhi: "Lệ phí", SoTien: "8000" }],
};

/** Plays the province. */
const asked: { body: Record<string, string>; token: string }[] = [];
let answer: (body: Record<string, string>) => unknown = () => ({ error_code: 0, message: "" });
let server: Server;
let provinces: FeeProvince[] = [];

before(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
    asked.push({ body, token: request.headers.authorization ?? "" });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thanh-toan/tra-cuu`;
  provinces = [{ code: "tayninh", name: "Tây Ninh", identifier: "H53", url, token: "shared-token" }];
});
beforeEach(() => asked.splice(0));
after(() => server.close());

/** Whose index is never looked at, because the code is exact. */
const noIndex = { many: () => Promise.resolve([]) } as unknown as Db;
const press = (dossier: string) =>
  payUnpaidFee(
    { database: noIndex, provinces, origin: "http://hub.example" },
    { province: "tayninh", dossier, techId: "t", requestId: newSecretId(), payerIp: "127.0.0.1" },
  );

test("only an exact official code of a province we know leads to its province", () => {
  assert.equal(provinceOfCode(provinces, code)?.code, "tayninh");
  assert.equal(provinceOfCode(provinces, "H53.31.20-240610-0007"), undefined);
  assert.equal(provinceOfCode(provinces, code.replace("H53", "H99")), undefined);
  assert.equal(provinceOfCode(provinces, "khai sinh"), undefined);
  assert.equal(provinceOfCode(provinces, `${code}' or 1=1`), undefined);
});

test("the province is asked with its own token; error_code 1 is a bill, 0 nothing, −1 an error", async () => {
  answer = () => ({ error_code: 1, message: JSON.stringify(bill) });
  const found = await findUnpaidFee(provinces, code);
  assert.equal(found?.kind === "bill" && found.bill.SoTien, "8000");
  assert.deepEqual(asked[0], { body: { MaHoSo: code }, token: "Bearer shared-token" });
  answer = () => ({ error_code: 0, message: "Không có" });
  assert.equal((await findUnpaidFee(provinces, code))?.kind, "nothing");
  answer = () => ({ error_code: -1, message: "Lỗi" });
  assert.equal((await findUnpaidFee(provinces, code))?.kind, "silent");
  answer = () => ({ error_code: 1, message: JSON.stringify({ ...bill, SoTien: "9000" }) });
  assert.equal((await findUnpaidFee(provinces, code))?.kind, "silent", "lines that do not add up are no bill");
});

test("a press leads to a page of this hub and to nobody else's", async () => {
  let page = "http://hub.example/thanh-toan/1";
  answer = (body) => ({ error_code: 1, message: JSON.stringify("KhoiTao" in body ? { UrlThanhToan: page } : bill) });
  assert.deepEqual(await press(code), { kind: "redirect", payUrl: page });
  assert.equal(asked[1]?.body["MaTraCuuTT"], bill.MaTraCuuTT);
  page = "http://hub.example.evil.test/thanh-toan/1";
  assert.deepEqual(await press(code), { kind: "silent" });
});

test("a number that is not of one's own dossiers asks nobody", async () => {
  assert.deepEqual(await press("363815"), { kind: "nothing" });
  assert.equal(asked.length, 0);
});
