import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cataloguePaths, readListQuery } from "./paths.ts";

describe("addresses of the catalogue", () => {
  test("what was chosen is read back from the address", () => {
    const filter = {
      words: "Đăng ký khai sinh",
      level: "commune",
      agency: "xa-25681",
      field: "ho-tich",
      serviceLevel: "4",
    } as const;
    const after = { rank: 3, code: "1.001193", sortName: "Đăng ký ~ khai sinh" };
    const query = Object.fromEntries(new URL(cataloguePaths.list(filter, after), "http://localhost").searchParams);
    assert.deepEqual(readListQuery(query), { ...filter, after });
  });

  test("the national portal's word for the name is understood", () => {
    assert.deepEqual(readListQuery({ q: " khai sinh " }), { words: "khai sinh" });
  });

  test("what is not of its shape counts as not chosen", () => {
    const hostile = {
      cap: "tren",
      "don-vi": "../etc",
      "linh-vuc": ["a", "b"],
      "muc-do": "4' or 1=1",
      ten: "  ",
      sau: "9~x~",
    };
    assert.deepEqual(readListQuery(hostile), {});
  });
});
