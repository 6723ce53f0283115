import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { withProvince } from "#tests/support/furnished-province.ts";
import { accountExample } from "./account-example.ts";
import { aFiledDossier, citizen, copyDue } from "./dossier-examples.ts";
import { markFeePaid } from "./dossier-fees.ts";
import { findDossier } from "./dossier-view.ts";
import { withdrawDossier } from "./withdraw-dossier.ts";

test("who paid and withdrew reads what goes back", () =>
  withProvince(async (database) => {
    const me = citizen();
    const site = await accountExample({ database, folder: tmpdir(), people: [me] });
    const entered = await site.inject({ url: `/thu/vao?ai=${me.sub}` });
    const cookie = String(entered.headers["set-cookie"]).split(";")[0] ?? "";
    const read = async (url: string) => (await site.inject({ url, headers: { cookie } })).body;

    const { tenant, dossierId, applicantSub } = await aFiledDossier(database, { person: me, dues: [copyDue] });
    const page = `/ho-so/${dossierId}`;
    assert.ok((await markFeePaid(database, { tenant, dossierId, amount: 16_000, reference: "s-1" })).ok);
    const paid = await read(page);
    assert.match(paid, /Đã nộp/);
    assert.doesNotMatch(paid, /trả lại cho bạn/);
    const expectedVersion = (await findDossier(database, { tenant, dossierId }))?.version ?? 0;
    assert.ok((await withdrawDossier(database, { tenant, dossierId, applicantSub, expectedVersion })).ok);
    assert.match(await read(page), /Khoản được trả lại cho bạn: 16\.000/);
    assert.match(await read(`${page}?lang=en`), /To be given back to you: /);
    await site.close();
  }));
