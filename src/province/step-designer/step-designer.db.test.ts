import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aReceivedDossier, useProcess } from "#province/dossiers/process-example.ts";
import { findVersion, listProcesses, listSteps } from "#province/steps/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import { type Answer, decoded, type Hand, withDesigner } from "#tests/support/designer-desk.ts";
import { seedProcesses } from "./seed-processes.ts";
import { listTemplates } from "./templates.ts";

const HOME = "/quan-tri/quy-trinh";
const COMMUNE = listTemplates().find(({ id }) => id === "commune")?.xml ?? "";

/** What a browser sends for a form with a file. */
function filed(file: string | Buffer, fields: Readonly<Record<string, string>> = {}): [Buffer, string] {
  const edge = "edge-of-a-form";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join("")}--${edge}\r\ncontent-disposition: form-data; name="tep"; filename="x.bpmn"\r\ncontent-type: application/xml\r\n\r\n`;
  return [
    Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${edge}--\r\n`)]),
    `multipart/form-data; boundary=${edge}`,
  ];
}

/** The lines of the error summary, which has focus, and where each leads. */
function summary(answer: Answer): { readonly place: string; readonly words: string }[] {
  const box = /<div class="govuk-error-summary"[^>]*data-focus[\s\S]*?<\/ul>/.exec(answer.body)?.[0] ?? "";
  return [...box.matchAll(/<a href="#([^"]*)">([^<]*)<\/a>/g)].map(([, place = "", words = ""]) => ({
    place,
    words: decoded(words),
  }));
}

function where(answer: Answer): string {
  return String(answer.headers["location"] ?? "");
}

function hidden(page: string, form: string, name: string): string {
  const found = new RegExp(`<form[^>]*action="[^"]*/${form}"[\\s\\S]*?</form>`).exec(page)?.[0] ?? "";
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(found)?.[1] ?? assert.fail(`no ${name} in ${form}`);
}

async function create(hand: Hand, name: string, template = "commune"): Promise<string> {
  const made = await hand.post(HOME, { ten: name, mau: template });
  assert.equal(made.statusCode, 303, made.body);
  return where(made);
}

const draw = (hand: Hand, at: string, xml: string, revision: string, name = "Cấp xã"): Promise<Answer> =>
  hand.post(`${at}/ban-ve`, { "ban-ve": xml, lan: revision, ten: name });

describe("the step designer", () => {
  test("one administrator draws, another publishes; versions are kept, compared, and chosen for procedures", () =>
    withDesigner(async ({ tung, diem }, database) => {
      const db = database.forTenant("tayninh");
      const at = await create(tung, "Quy trình cấp xã của tỉnh");
      const id = at.slice(HOME.length + 1);
      const editor = await tung.get(at);
      assert.match(editor.body, /một quản trị viên khác phải công bố/);
      assert.match(editor.body, /<script type="application\/json" data-board>/);
      const publish = async (hand: Hand): Promise<Answer> => {
        const [draft] = (await listProcesses(db)).filter((one) => one.id === id);
        const version = await findVersion(db, id, draft?.draft ?? 0);
        return hand.post(`${at}/cong-bo`, { "phien-ban": String(version?.version), lan: String(version?.revision) });
      };
      const own = await publish(tung);
      assert.equal(own.statusCode, 422);
      assert.deepEqual(summary(own), [{ place: "cong-bo", words: "Người công bố phải khác người soạn phiên bản." }]);
      assert.equal(where(await publish(diem)), at);
      const list = await diem.get(HOME);
      assert.match(list.body, /Đã công bố phiên bản 1/);

      const used = await diem.post(`${HOME}/dung`, { muc: "procedure:1.001193", "quy-trinh": id });
      assert.equal(where(used), HOME);
      assert.match((await diem.get(HOME)).body, /Đăng ký khai sinh[^<]*\(1\.001193\)<\/th>/);
      const nothing = await diem.post(`${HOME}/dung`, { muc: "procedure:9.999999", "quy-trinh": "khong-co" });
      assert.equal(nothing.statusCode, 422);
      assert.deepEqual(
        summary(nothing).map(({ place }) => place),
        ["muc", "quy-trinh"],
      );

      const second = COMMUNE.replace('motcua:hours="4"', 'motcua:hours="3.5"');
      assert.equal(where(await draw(diem, at, second, "")), at);
      const compared = await tung.get(`${at}/so-sanh?tu=1&den=2`);
      assert.match(compared.body, /4 giờ[\s\S]*3,5 giờ/);
      assert.match((await tung.get(`${at}?lang=en`)).body, /Publish version 2/);
      assert.equal(where(await publish(tung)), at);
      const file = await tung.get(`${at}/phien-ban/2/tep.bpmn`);
      assert.equal(file.rawPayload.toString("utf8").trim(), second.trim());
      assert.match(String(file.headers["content-disposition"]), /^attachment/);
      const version = await tung.get(`${at}/phien-ban/2`);
      assert.match(version.body, /Đường dài nhất: 7,5 giờ[\s\S]*<process-picture/);
      assert.match((await tung.get(`${at}/chuyen?tu=1&den=2`)).body, /Không có hồ sơ nào đang chạy/);
      assert.deepEqual(
        summary(await tung.get(`${at}/chuyen?tu=2&den=2`)).map(({ place }) => place),
        ["tu"],
      );
    }));

  test("two at once: who saves later keeps the drawing on the page and decides with open eyes", () =>
    withDesigner(async ({ tung, diem }) => {
      const at = await create(tung, "Cấp xã");
      const revision = hidden((await diem.get(at)).body, "ban-ve", "lan");
      assert.equal(where(await draw(tung, at, COMMUNE.replace("Trả kết quả", "Trao kết quả"), revision)), at);
      const mine = COMMUNE.replace("Trả kết quả", "Giao kết quả");
      const late = await draw(diem, at, mine, revision);
      assert.equal(late.statusCode, 422);
      assert.match(summary(late)[0]?.words ?? "", /Người khác đã lưu bản soạn/);
      const kept = /<textarea[^>]*data-drawing[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(late.body)?.[1] ?? "";
      assert.equal(decoded(kept).trim(), mine.trim());
      assert.equal(where(await draw(diem, at, mine, hidden(late.body, "ban-ve", "lan"))), at);
      assert.match((await tung.get(at)).body, /Giao kết quả/);
    }));

  test("files that are no drawing change nothing, and say why beside the field", () =>
    withDesigner(async ({ tung }, database) => {
      const at = await create(tung, "Cấp xã");
      const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</definitions>`;
      const reads = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&a;</definitions>`;
      const bad: readonly [string | Buffer, RegExp][] = [
        ["", /Chọn một tệp/],
        ["đây không phải XML", /không phải là XML/],
        ["<a><b></a>", /không phải/],
        ["<html><body>x</body></html>", /không phải/],
        [Buffer.from([0xff, 0xfe, 0x00, 0x3c]), /không phải là XML/],
        [laughs, /DOCTYPE hoặc ENTITY/],
        [reads, /DOCTYPE hoặc ENTITY/],
        [Buffer.alloc(5_000_000, "<"), /lớn hơn 1 MB/],
      ];
      const before = (await tung.get(`${at}/phien-ban/1/tep.bpmn`)).body;
      for (const [file, words] of bad) {
        for (const [url, fields] of [
          [`${at}/tep`, { lan: "1" }],
          [`${HOME}/nhap`, { "ten-nhap": "Quy trình nhập" }],
        ] as const) {
          const answer = await tung.send(url, ...filed(file, fields));
          assert.equal(answer.statusCode, 422, `${url} ${words}`);
          assert.match(summary(answer)[0]?.words ?? "", words);
          assert.equal(summary(answer)[0]?.place, "tep");
          assert.doesNotMatch(answer.body, /root:/);
          if (url.endsWith("nhap")) assert.match(answer.body, /value="Quy trình nhập"/);
        }
      }
      assert.equal((await tung.get(`${at}/phien-ban/1/tep.bpmn`)).body, before);
      assert.equal((await listProcesses(database.forTenant("tayninh"))).length, 1);
      const typed = await draw(tung, at, laughs, "1", "Tên mới");
      assert.equal(typed.statusCode, 422);
      assert.match(typed.body, /value="Tên mới"/);
    }));

  test("a drawing that cannot run is kept with every place to correct, and is not published", () =>
    withDesigner(async ({ tung, diem }) => {
      const at = await create(tung, "Cấp xã");
      const noWay = COMMUNE.replace(/<bpmn:sequenceFlow id="to-sign"[^>]*\/>/, "");
      const join = listTemplates()
        .find(({ id }) => id === "linked-parallel")
        ?.xml.replaceAll(/parallelGateway( id="join"[\s\S]*?)parallelGateway>/g, "exclusiveGateway$1exclusiveGateway>");
      const endless = COMMUNE.replace(
        'id="to-return" name="Đã ký" sourceRef="signed" targetRef="return"',
        'id="to-return" name="Đã ký" sourceRef="signed" targetRef="process"',
      );
      const cases: readonly [string, string, RegExp][] = [
        [noWay, "buoc-process", /không có đường đi tiếp/],
        [endless, "buoc-return", /Không bao giờ đi tới/],
        [join ?? "", "buoc-return", /cổng gộp song song/],
        [COMMUNE.replace('motcua:role="leader"', 'motcua:role="king"'), "buoc-sign", /vai trò “king”/],
        [COMMUNE.replace(' default="to-return"', ""), "buoc-signed", /chưa có đường mặc định/],
        [COMMUNE.replace(/userTask/g, "scriptTask"), "buoc-receive", /ScriptTask/],
      ];
      for (const [xml, place, words] of cases) {
        const revision = hidden((await tung.get(at)).body, "ban-ve", "lan");
        const saved = await draw(tung, at, xml, revision);
        assert.equal(where(saved), `${at}?kiem-tra=1`, String(words));
        const page = await tung.get(where(saved));
        const lines = summary(page).filter((one) => one.place === place);
        assert.match(lines.map((one) => one.words).join(" "), words);
        assert.ok(page.body.includes(`id="${place}"`), `${place}: the link leads nowhere`);
        assert.match(page.body, /Đã lưu bản soạn\. Còn/);
        const wrong = await diem.post(`${at}/cong-bo`, {
          "phien-ban": "1",
          lan: hidden(page.body, "ban-ve", "lan"),
        });
        assert.match(summary(wrong)[0]?.words ?? "", /còn lỗi/);
      }
    }));

  test("running dossiers are moved to a version where their open step is, and stay where it is not", () =>
    withDesigner(async ({ tung, diem }, database) => {
      const db = database.forTenant("tayninh");
      await useProcess(database, COMMUNE);
      const dossier = await aReceivedDossier(database);
      const [process] = await listProcesses(db);
      assert.equal(process?.running, 1);
      const at = `${HOME}/${process?.id}`;
      const publish = async (xml: string, version: number): Promise<void> => {
        assert.equal(where(await draw(tung, at, xml, "")), at);
        const lan = hidden((await diem.get(at)).body, "cong-bo", "lan");
        assert.equal(where(await diem.post(`${at}/cong-bo`, { "phien-ban": String(version), lan })), at);
      };
      await publish(COMMUNE.replace('motcua:hours="4"', 'motcua:hours="3.5"'), 2);
      const preview = await tung.get(`${at}/chuyen?tu=1&den=2`);
      assert.match(preview.body, /Bước 1\. Kiểm tra, chuyển thụ lý[\s\S]*Chuyển được[\s\S]*Chuyển 1 hồ sơ/);
      const moved = await tung.post(`${at}/chuyen`, { tu: "1", den: "2" });
      assert.match((await tung.get(where(moved))).body, /Đã chuyển 1 hồ sơ\.[\s\S]*Không có hồ sơ nào đang chạy/);
      assert.equal((await listSteps(db, dossier))?.version, 2);

      await publish(
        COMMUNE.replaceAll('"receive"', '"check-first"').replace("Kiểm tra, chuyển thụ lý", "Kiểm tra kỹ"),
        3,
      );
      const stays = await tung.get(`${at}/chuyen?tu=2&den=3`);
      assert.match(stays.body, /Ở lại: bước đang mở không có trong bản kia[\s\S]*Không hồ sơ nào chuyển được/);
      const forced = await tung.post(`${at}/chuyen`, { tu: "2", den: "3" });
      assert.match((await tung.get(where(forced))).body, /Đã chuyển 0 hồ sơ\. 1 hồ sơ ở lại/);
      assert.equal((await listSteps(db, dossier))?.version, 2);
    }));

  test("a province is furnished once with the standard procedures, and what was changed since stays", () =>
    withDesigner(async ({ tung }, database) => {
      const tenant = findTenant("tayninh");
      const there = await listProcesses(database.forTenant("tayninh"));
      const made = await seedProcesses(database, tenant);
      assert.equal(made + there.length, 5);
      assert.equal(await seedProcesses(database, tenant), 0);
      const list = (await tung.get(HOME)).body;
      for (const { name } of listTemplates()) assert.ok(list.includes(name), name);
      await tung.post(`${HOME}/dung`, { muc: "procedure:1.001193", "quy-trinh": "none" });
      assert.equal(await seedProcesses(database, tenant), 0);
      const uses = (await listProcesses(database.forTenant("tayninh"))).flatMap((one) => one.uses);
      assert.ok(!uses.some(({ code }) => code === "1.001193"));
    }));
});
