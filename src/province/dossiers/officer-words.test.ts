import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { draftWords, filingWords, textsForOfficer, toOfficer } from "./officer-words.ts";

describe("the words at the counter", () => {
  test("speak of the applicant, in both languages, and leave other words alone", () => {
    assert.equal(toOfficer("Bạn nhận kết quả ở đâu?", "vi"), "Người nộp nhận kết quả ở đâu?");
    assert.equal(
      toOfficer("Nơi cư trú của bạn, bạn bè và bản sao", "vi"),
      "Nơi cư trú của người nộp, bạn bè và bản sao",
    );
    for (const [said, heard] of [
      ["Are you the owner?", "Is the applicant the owner?"],
      ["Your relation to the child", "The applicant's relation to the child"],
      ["You ask for", "The applicant asks for"],
      [
        "If you are a parent, your own part is filled in for you.",
        "If the applicant is a parent, the applicant's own part is filled in for the applicant.",
      ],
      ["Does the father live at your address?", "Does the father live at the applicant's address?"],
    ] as const)
      assert.equal(toOfficer(said, "en"), heard);
  });

  test("no form of any procedure says “bạn” or “you” to the officer, and nothing but texts is changed", () => {
    const files = globSync("procedures/*/form.json", { cwd: join(import.meta.dirname, "../../..") });
    assert.ok(files.length > 20);
    for (const file of files) {
      const form = JSON.parse(readFileSync(join(import.meta.dirname, "../../..", file), "utf8")) as object;
      const spoken = JSON.stringify(textsForOfficer(form));
      assert.doesNotMatch(spoken, /(?<!\p{L})[Bb]ạn(?!\p{L}| bè)|\b[Yy]ou(r|rself)?\b/u, file);
      assert.equal(JSON.stringify(form).match(/"id":/g)?.length, spoken.match(/"id":/g)?.length);
    }
  });

  test("the pages' own sentences too, also those made by functions", () => {
    const { check, papers } = filingWords("vi", true);
    assert.match(check.promise, /^Người nộp cam đoan/);
    assert.match(papers.received(2, "1 MB"), /Đã nhận 2 tệp/);
    assert.doesNotMatch(draftWords("vi", true).carried.text, /bạn/);
    assert.match(filingWords("vi", false).check.promise, /bạn cam đoan/);
  });
});
