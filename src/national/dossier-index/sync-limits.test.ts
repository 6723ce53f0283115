import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "#kit/db.ts";
import { html } from "#kit/html.ts";
import { createSite } from "#kit/http/index.ts";
import { createLog } from "#kit/log.ts";
import { dossierIndexRoutes } from "./index.ts";

test("wrong passwords and unknown sessions of one network are refused after twenty, and other networks go on", async () => {
  const nobody = { maybe: () => Promise.resolve(undefined) } as unknown as Db;
  const site = await createSite({
    name: "national",
    origin: "http://localhost:8081",
    cookie: "t",
    log: createLog("test"),
    failurePage: () => html`<p>no</p>`,
  });
  const provinces = [{ code: "tayninh", identifier: "H53", portal: "http://localhost:8082", password: "dung" }];
  dossierIndexRoutes(site, { database: nobody, provinces });
  const signIn = (remoteAddress: string, password = "sai") =>
    site.inject({
      method: "POST",
      url: "/dong-bo/dang-nhap",
      payload: { username: "tayninh", password },
      remoteAddress,
    });
  for (let n = 0; n < 20; n += 1) assert.equal((await signIn("203.0.113.7")).json().session, "");
  const late = await signIn("203.0.113.7", "dung");
  assert.equal(late.statusCode, 429);
  assert.equal(late.headers["content-type"], "application/problem+json; charset=utf-8");
  assert.equal(
    (await site.inject({ method: "POST", url: "/dong-bo", payload: {}, remoteAddress: "203.0.113.7" })).statusCode,
    429,
  );
  assert.equal((await signIn("203.0.113.8")).statusCode, 200);
  const long = await signIn("203.0.113.9", "x".repeat(6_000));
  assert.equal(long.statusCode, 413);
  await site.close();
});
