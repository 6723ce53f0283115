import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demoCaptcha, demoCitizens, demoUnregistered } from "#kit/demo.ts";
import { withAdmin } from "#tests/support/database.ts";
import { type TestNational, withNational } from "#tests/support/national.ts";
import type { Visitor } from "#tests/support/visitor.ts";

const person = demoUnregistered[0] ?? assert.fail("no demo person");
const form = {
  identityNumber: person.identityNumber,
  name: person.name,
  birthDate: "19/05/1996",
  phone: person.phone,
  email: "",
  agree: "yes",
};
const FORM = "/dang-ky/cong-dan/thue-bao";
const wrongOf = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function toOtp(national: TestNational): Promise<{ visitor: Visitor; code: string }> {
  const visitor = national.visitor();
  const sent = await visitor.post(FORM, form);
  assert.equal(sent.location, "/dang-ky/otp", sent.body);
  return { visitor, code: await national.codeFor(person.phone) };
}

describe("registration by mobile subscriber", () => {
  test("form, code and password make an account of level 2 that is signed in and can sign in again", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      const page = await visitor.get("/dang-ky/otp");
      assert.match(page.body, /0900xxx201/);
      assert.doesNotMatch(page.body, new RegExp(person.phone));
      assert.equal((await visitor.post("/dang-ky/otp", { otp: code })).location, "/dang-ky/mat-khau");
      const done = await visitor.post("/dang-ky/mat-khau", { password: "Cau vong sau con mua" });
      assert.equal(done.location, "/tai-khoan");
      const account = await visitor.get("/tai-khoan");
      assert.match(account.body, /Lê Thị Hồng Thắm/);
      assert.match(account.body, /IAL2/);
      assert.match(account.body, /072•••••0201/);

      const again = national.visitor();
      assert.equal(
        (
          await again.post("/dang-nhap/tai-khoan", {
            username: person.identityNumber,
            password: "Cau vong sau con mua",
          })
        ).location,
        "/dang-nhap/otp",
      );
      const signedIn = await again.post("/dang-nhap/otp", { otp: await national.codeFor(person.phone) });
      assert.equal(signedIn.location, "/tai-khoan");
    }));

  test("every wrong field is told beside it and in the summary, and what was typed stays", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const answer = await visitor.post(FORM, {
        ...form,
        identityNumber: "07219600020",
        birthDate: "31/02/1996",
        phone: "0123",
        agree: "",
        name: "Thắm & Co",
      });
      assert.equal(answer.status, 422);
      for (const field of ["identityNumber", "birthDate", "phone", "agree", "name"]) {
        assert.match(answer.body, new RegExp(`<a href="#${field}">`), field);
        assert.match(answer.body, new RegExp(`id="${field}-error"`), field);
      }
      assert.match(answer.body, /CCCD có 12 chữ số, số CMND có 9 chữ số\. Bạn đã nhập 11/);
      assert.match(answer.body, /value="31\/02\/1996"/);
      assert.match(answer.body, /value="Thắm &amp; Co"/);
      assert.equal((await national.messages()).length, 0);
    }));

  test("a phone in another person's name is refused, and then the security code is asked", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      assert.doesNotMatch((await visitor.get(FORM)).body, /id="captcha"/);
      const answer = await visitor.post(FORM, { ...form, phone: "0900000901" });
      assert.equal(answer.status, 422);
      assert.match(answer.body, /chưa xác nhận số này là chính chủ/);
      assert.match(answer.body, /id="captcha"/);
      const missing = await visitor.post(FORM, form);
      assert.match(missing.body, /Nhập mã xác thực, hoặc trả lời câu hỏi\./);
      assert.match((await visitor.post(FORM, { ...form, captcha: "sai" })).body, /id="captcha-error"/);
      assert.equal((await visitor.post(FORM, { ...form, captcha: demoCaptcha.answer })).location, "/dang-ky/otp");
    }));

  test("the register being down loses nothing and says so", () =>
    withNational(async (national) => {
      Object.assign(national, { registerDown: true });
      const answer = await national.visitor().post(FORM, form);
      assert.equal(answer.status, 503);
      assert.match(answer.body, /Chưa hỏi được nhà mạng/);
      assert.match(answer.body, /value="Lê Thị Hồng Thắm"/);
    }));

  test("a number that has an account is told so only after the code", () =>
    withNational(async (national) => {
      const known = demoCitizens[0] ?? assert.fail();
      const visitor = national.visitor();
      const sent = await visitor.post(FORM, {
        ...form,
        identityNumber: known.identityNumber,
        name: known.name,
        birthDate: "11/02/1990",
        phone: known.phone,
      });
      assert.equal(sent.location, "/dang-ky/otp");
      assert.equal(
        (await visitor.post("/dang-ky/otp", { otp: await national.codeFor(known.phone) })).location,
        "/dang-ky/da-co-tai-khoan",
      );
    }));

  test("weak passwords are refused with the reason, and nothing but length and the blocklist is asked", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      await visitor.post("/dang-ky/otp", { otp: code });
      for (const [password, said] of [
        ["ngan", /ít nhất 8 ký tự/],
        ["Matkhau123", /quá phổ biến/],
        ["12345678", /lặp lại hoặc nối tiếp/],
        [person.phone, /lặp lại số giấy tờ/],
      ] as const) {
        const answer = await visitor.post("/dang-ky/mat-khau", { password });
        assert.equal(answer.status, 422);
        assert.match(answer.body, said, password);
        assert.doesNotMatch(answer.body, new RegExp(`value="${password}"`));
      }
      assert.equal((await visitor.post("/dang-ky/mat-khau", { password: "conmeodencuaba" })).location, "/tai-khoan");
    }));
});

describe("one-time codes", () => {
  test("five wrong tries lock the code, and the right one no longer opens", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      for (const left of [4, 3, 2, 1]) {
        const answer = await visitor.post("/dang-ky/otp", { otp: wrongOf(code) });
        assert.equal(answer.status, 422);
        assert.match(answer.body, new RegExp(`Còn ${left} lần thử`));
      }
      assert.match((await visitor.post("/dang-ky/otp", { otp: wrongOf(code) })).body, /nhập sai 5 lần nên bị khóa/);
      const right = await visitor.post("/dang-ky/otp", { otp: code });
      assert.equal(right.status, 422);
      assert.match(right.body, /nhập sai 5 lần nên bị khóa/);
      assert.equal((await visitor.get("/dang-ky/mat-khau")).location, "/dang-ky/otp");
    }));

  test("twenty submits of the right code at once succeed once", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.post("/dang-ky/otp", { otp: code })));
      assert.equal(answers.filter((answer) => answer.location === "/dang-ky/mat-khau").length, 1);
      assert.ok(
        answers.filter((answer) => answer.status === 422).every((answer) => answer.body.includes("đã được dùng")),
      );
    }));

  test("a code is dead after five minutes and says how to get another", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      await withAdmin(national.place, (client) =>
        client.query("update otp_challenge set expires_at = now() - interval '1 second'"),
      );
      const answer = await visitor.post("/dang-ky/otp", { otp: code });
      assert.match(answer.body, /hết hạn sau 5 phút/);
    }));

  test("sending again kills the old code, keeps the wrong tries, waits a minute and ends after three", () =>
    withNational(async (national) => {
      const { visitor, code } = await toOtp(national);
      await visitor.post("/dang-ky/otp", { otp: wrongOf(code) });
      const early = await visitor.follow(await visitor.post("/dang-ky/otp/gui-lai", {}));
      assert.match(early.body, /Hãy chờ \d+ giây/);
      const past = () =>
        withAdmin(national.place, (client) =>
          client.query("update otp_challenge set sent_at = now() - interval '2 minutes'"),
        );
      await past();
      assert.match((await visitor.follow(await visitor.post("/dang-ky/otp/gui-lai", {}))).body, /Đã gửi mã mới/);
      const second = await national.codeFor(person.phone);
      if (second !== code) assert.match((await visitor.post("/dang-ky/otp", { otp: code })).body, /Còn 3 lần thử/);
      for (let round = 0; round < 2; round += 1) {
        await past();
        await visitor.post("/dang-ky/otp/gui-lai", {});
      }
      await past();
      assert.match((await visitor.follow(await visitor.post("/dang-ky/otp/gui-lai", {}))).body, /đủ số lần cho phép/);
      assert.equal(
        (await visitor.post("/dang-ky/otp", { otp: await national.codeFor(person.phone) })).location,
        "/dang-ky/mat-khau",
      );
    }));

  test("a code opens only the request it was made for", () =>
    withNational(async (national) => {
      const first = await toOtp(national);
      const second = await toOtp(national);
      if (first.code === second.code) return;
      assert.equal((await second.visitor.post("/dang-ky/otp", { otp: first.code })).status, 422);
      assert.equal((await second.visitor.post("/dang-ky/otp", { otp: second.code })).location, "/dang-ky/mat-khau");
    }));

  test("a phone is not flooded: after a dozen unanswered messages in an hour no more are sent", () =>
    withNational(async (national) => {
      for (let sent = 0; sent < 12; sent += 1)
        assert.equal((await national.visitor().post(FORM, form)).location, "/dang-ky/otp");
      const answer = await national.visitor("203.0.113.5").post(FORM, form);
      assert.equal(answer.status, 429);
      assert.match(answer.body, /Hãy chờ \d+ phút/);
      assert.equal((await national.messages()).length, 12);
    }));

  test("neither code nor phone can be read in the queue, and the database has no code", () =>
    withNational(async (national) => {
      const { code } = await toOtp(national);
      const { rows } = await withAdmin(national.place, (client) =>
        client.query(
          "select (select string_agg(payload::text, '') from job) as jobs, (select string_agg(c::text, '') from otp_challenge c) as challenges, (select string_agg(a::text, '') from audit a) as audits",
        ),
      );
      const text = JSON.stringify(rows);
      assert.doesNotMatch(text, new RegExp(person.phone));
      assert.doesNotMatch(JSON.stringify(rows[0]?.["jobs"]), new RegExp(`\\b${code}\\b`));
      assert.match(code, /^\d{6}$/);
    }));
});
