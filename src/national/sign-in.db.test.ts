import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { demoCaptcha, demoCitizens } from "#kit/demo.ts";
import { withAdmin } from "#tests/support/database.ts";
import { type TestNational, withNational } from "#tests/support/national.ts";
import type { Visitor } from "#tests/support/visitor.ts";

const [an, ngoc] = demoCitizens;
if (!an || !ngoc) throw new Error("no demo citizens");
const FORM = "/dang-nhap/tai-khoan";

async function toOtp(
  national: TestNational,
  citizen = an ?? assert.fail(),
  visitor = national.visitor(),
): Promise<Visitor> {
  const answer = await visitor.post(FORM, { username: citizen.identityNumber, password: citizen.password });
  assert.equal(answer.location, "/dang-nhap/otp", answer.body);
  return visitor;
}

async function signedIn(national: TestNational, citizen = an ?? assert.fail()): Promise<Visitor> {
  const visitor = await toOtp(national, citizen);
  const answer = await visitor.post("/dang-nhap/otp", { otp: await national.codeFor(citizen.phone) });
  assert.equal(answer.status, 303, answer.body);
  return visitor;
}

describe("signing in", () => {
  test("password and code lead back to the page that was asked for, with a new session id", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      assert.equal((await visitor.get("/tai-khoan")).location, "/dang-nhap");
      const before = visitor.cookies.get("dvcqg")?.value;
      await toOtp(national, an, visitor);
      const done = await visitor.post("/dang-nhap/otp", { otp: await national.codeFor(an.phone) });
      assert.equal(done.location, "/tai-khoan");
      const after = visitor.cookies.get("dvcqg")?.value;
      assert.notEqual(after, before);
      assert.match(
        (await visitor.get("/tai-khoan")).body,
        /12 Đường 30 Tháng 4, Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh/,
      );
      const thief = national.visitor();
      thief.cookies.set("dvcqg", { value: before ?? "", path: "/" });
      assert.equal((await thief.get("/tai-khoan")).location, "/dang-nhap");
    }));

  test("an unknown number and a wrong password get the same page", () =>
    withNational(async (national) => {
      const answers = await Promise.all(
        [
          { username: "072090999999", password: an.password },
          { username: an.identityNumber, password: "khong phai mat khau" },
        ].map((form) => national.visitor().post(FORM, form)),
      );
      const [unknown, wrong] = answers.map((answer) =>
        answer.body.replace(
          /<svg class="captcha.*?<\/svg>|name="captchaToken" value="[^"]*"|value="\d+"|trả lời câu hỏi này: [^<]*/gs,
          "",
        ),
      );
      assert.equal(unknown, wrong);
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [422, 422],
      );
    }));

  test("failures make the next tries wait, for known and unknown numbers alike, and another network is not locked out", () =>
    withNational(async (national) => {
      for (const username of [an.identityNumber, "072090999999"]) {
        const visitor = national.visitor();
        for (let tries = 0; tries < 5; tries += 1) {
          const answer = await visitor.post(FORM, { username, password: "sai", captcha: demoCaptcha.answer });
          assert.equal(answer.status, 422);
        }
        const waits = await visitor.post(FORM, { username, password: an.password, captcha: demoCaptcha.answer });
        assert.equal(waits.status, 429);
        assert.match(waits.body, /Hãy chờ \d+ giây/);
      }
      const elsewhere = national.visitor("203.0.113.7");
      const fine = await elsewhere.post(FORM, {
        username: an.identityNumber,
        password: an.password,
        captcha: demoCaptcha.answer,
      });
      assert.equal(fine.location, "/dang-nhap/otp");
    }));

  test("strangers who fail from many places do not lock the owner out of their own browser", () =>
    withNational(async (national) => {
      const owner = await signedIn(national);
      await owner.post("/dang-xuat", {});
      const wrong = { username: an.identityNumber, password: "sai", captcha: demoCaptcha.answer };
      for (let place = 1; place <= 20; place += 1) await national.visitor(`203.0.113.${place}`).post(FORM, wrong);
      const right = { ...wrong, password: an.password };
      assert.equal(
        (await national.visitor("198.51.100.1").post(FORM, right)).status,
        429,
        "the number waits elsewhere",
      );
      assert.equal((await owner.post(FORM, right)).location, "/dang-nhap/otp");
      const forged = national.visitor("198.51.100.2");
      forged.cookies.set("dvcqg_known", { value: "abc.def", path: "/" });
      assert.equal((await forged.post(FORM, right)).status, 429);
      assert.equal((await owner.post(FORM, { ...right, username: ngoc.identityNumber })).status, 422);
    }));

  test("a program that fills in the hidden field, or has no name, is asked for the security code", () =>
    withNational(async (national) => {
      const form = { username: an.identityNumber, password: an.password };
      assert.match((await national.visitor().post(FORM, { ...form, website: "x" })).body, /id="captcha-error"/);
      assert.match((await national.visitor().post(FORM, form, { "user-agent": "" })).body, /id="captcha-error"/);
      assert.equal((await national.messages()).length, 0);
    }));

  test("an owner who always asks gets the code asked at once, and an answered code is good once", () =>
    withNational(
      async (national) => {
        const visitor = national.visitor();
        const page = await visitor.get(FORM);
        const token = /name="captchaToken" value="([^"]+)"/.exec(page.body)?.[1] ?? assert.fail("no token");
        const question = /trả lời câu hỏi này: ([^<]*) bằng mấy/.exec(page.body)?.[1] ?? assert.fail("no question");
        const form = { username: an.identityNumber, password: an.password, captchaToken: token };
        assert.match((await visitor.post(FORM, form)).body, /Nhập mã xác thực, hoặc trả lời câu hỏi\./);
        const answer = answerOf(question);
        assert.equal(
          (await visitor.post(FORM, { ...form, captcha: ` ${answer.toUpperCase()} ` })).location,
          "/dang-nhap/otp",
        );
        assert.match((await visitor.post(FORM, { ...form, captcha: answer })).body, /đã hết hạn hoặc đã dùng/);
      },
      { MOTCUA_CAPTCHA: "always" },
    ));

  test("twenty submits of the right code at once make one session", () =>
    withNational(async (national) => {
      const visitor = await toOtp(national);
      const code = await national.codeFor(an.phone);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => visitor.post("/dang-nhap/otp", { otp: code })),
      );
      assert.equal(answers.filter((answer) => answer.location === "/tai-khoan").length, 1);
      const { rows } = await withAdmin(national.place, (client) =>
        client.query("select count(*)::int as n from account_session"),
      );
      assert.equal(rows[0]?.["n"], 1);
    }));

  test("a code sent for one person's sign-in does not open another's", () =>
    withNational(async (national) => {
      await toOtp(national, an);
      const other = await toOtp(national, ngoc);
      const [mine, theirs] = [await national.codeFor(an.phone), await national.codeFor(ngoc.phone)];
      if (mine === theirs) return;
      assert.equal((await other.post("/dang-nhap/otp", { otp: mine })).status, 422);
    }));
});

describe("sessions and passwords", () => {
  test("a session that is ended elsewhere is over with its next request", () =>
    withNational(async (national) => {
      const phone = await signedIn(national);
      const laptop = await signedIn(national);
      const ended = await laptop.follow(await laptop.post("/tai-khoan/phien/ket-thuc", { session: "others" }));
      assert.match(ended.body, /Đã kết thúc 1 phiên/);
      assert.equal((await phone.get("/tai-khoan")).location, "/dang-nhap");
      assert.equal((await laptop.get("/tai-khoan")).status, 200);
    }));

  test("nobody ends another person's session", () =>
    withNational(async (national) => {
      const mine = await signedIn(national, an);
      const theirs = await signedIn(national, ngoc);
      const { rows } = await withAdmin(national.place, (client) =>
        client.query<{ id: string }>("select id from account_session where account_id = $1", [an.techId]),
      );
      await theirs.post("/tai-khoan/phien/ket-thuc", { session: rows[0]?.id ?? "" });
      assert.equal((await mine.get("/tai-khoan")).status, 200);
    }));

  test("after signing out the kept cookie opens nothing", () =>
    withNational(async (national) => {
      const visitor = await signedIn(national);
      const kept = visitor.cookies.get("dvcqg")?.value ?? "";
      await visitor.post("/dang-xuat", {});
      visitor.cookies.set("dvcqg", { value: kept, path: "/" });
      assert.equal((await visitor.get("/tai-khoan")).location, "/dang-nhap");
    }));

  test("a forgotten password is replaced by a code, and every session ends", () =>
    withNational(async (national) => {
      const old = await signedIn(national);
      const visitor = national.visitor();
      assert.equal(
        (await visitor.post("/quen-mat-khau", { identityNumber: an.identityNumber, phone: an.phone })).location,
        "/quen-mat-khau/otp",
      );
      assert.equal(
        (await visitor.post("/quen-mat-khau/otp", { otp: await national.codeFor(an.phone) })).location,
        "/quen-mat-khau/mat-khau",
      );
      const done = await visitor.post("/quen-mat-khau/mat-khau", { password: "Con trau den an co non" });
      assert.equal(done.location, "/dang-nhap");
      assert.match((await visitor.get("/dang-nhap")).body, /Đã đổi mật khẩu/);
      assert.equal((await old.get("/tai-khoan")).location, "/dang-nhap");
      assert.equal(
        (await national.visitor().post(FORM, { username: an.identityNumber, password: an.password })).status,
        422,
      );
      // That failure makes the number's next sign-in ask for the security code, wherever it is tried.
      const fresh = { username: an.identityNumber, password: "Con trau den an co non", captcha: demoCaptcha.answer };
      assert.equal((await national.visitor().post(FORM, fresh)).location, "/dang-nhap/otp");
    }));

  test("a forgotten password of nobody looks the same and sends nothing", () =>
    withNational(async (national) => {
      const visitor = national.visitor();
      const answer = await visitor.follow(
        await visitor.post("/quen-mat-khau", { identityNumber: an.identityNumber, phone: ngoc.phone }),
      );
      assert.match(answer.body, /0900xxx102/);
      assert.match(answer.body, /Nếu số giấy tờ và số điện thoại khớp/);
      assert.equal((await national.messages()).length, 0);
      for (const left of [4, 3, 2, 1]) {
        assert.match(
          (await visitor.post("/quen-mat-khau/otp", { otp: "123456" })).body,
          new RegExp(`Còn ${left} lần thử`),
        );
      }
      assert.match((await visitor.post("/quen-mat-khau/otp", { otp: "123456" })).body, /bị khóa/);
    }));
});

/** "Hai mươi ba cộng bốn" → "27", by words a pupil would read. */
function answerOf(question: string): string {
  const units = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
  const value = (text: string): number => {
    const [tens = "", unit = ""] = text
      .toLowerCase()
      .split(/ ?(?:mươi|mười) ?/)
      .map((part) => part.trim().replace("mốt", "một").replace("lăm", "năm"));
    if (!/mươi|mười/i.test(text)) return units.indexOf(text.trim().toLowerCase());
    return (tens === "" ? 1 : units.indexOf(tens)) * 10 + (unit === "" ? 0 : units.indexOf(unit));
  };
  const [left = "", right = ""] = question.split(" cộng ");
  return String(value(left) + value(right));
}
