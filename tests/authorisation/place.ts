/** A small province for the question who may call which route: two portals, two desks, one citizen's dossier. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { systemClock } from "#kit/clock.ts";
import { loadConfig } from "#kit/config.ts";
import { randomToken, sha256 } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { createDiskStore } from "#kit/files.ts";
import { addSession } from "#kit/http/session-store.ts";
import { newId, newSecretId } from "#kit/ids.ts";
import { createLog } from "#kit/log.ts";
import { openSigners } from "#kit/signing/index.ts";
import type { ProvinceBuilding } from "#province/building.ts";
import { createDesk } from "#province/desk-site.ts";
import { attachFile, findDossier, listFiles, startDraft } from "#province/dossiers/index.ts";
import { aDossierAtTheDesk, samplePdf } from "#province/handling/desk-example.ts";
import { type OfficerRole, seedOfficers } from "#province/officers/index.ts";
import { createPortal } from "#province/portal-site.ts";
import { issueReceiptsForSettlement } from "#province/receipts/index.ts";
import { enterResult } from "#province/results/index.ts";
import { issueSlip } from "#province/slips/index.ts";
import { findTenant } from "#province/tenants/index.ts";
import type { TestDatabase } from "../support/database.ts";
import { withAdmin } from "../support/database.ts";
import { Visitor } from "../support/visitor.ts";

/** Words that stand in the dossier only: whoever may not read it must never meet them. */
export const CANARY = "Hoàng Yến Bí Mật";

const ROLES: readonly OfficerRole[] = ["one-stop", "specialist", "leader", "accountant", "administrator"];
const UNIT = "000.20.31.H53";
const OTHER_UNIT = "000.20.32.H53";

export interface Place {
  readonly portal: FastifyInstance;
  readonly desk: FastifyInstance;
  /** Addresses of the citizen's own things, by the name of the parameter in the route. */
  readonly things: Things;
  /** Signed in nowhere, or with this session. */
  visitor(where: "portal" | "desk", who: Who): Promise<Visitor>;
  /** Everything the province has written down, but sessions. */
  fingerprint(): Promise<string>;
  close(): Promise<void>;
}

export type Who =
  | { readonly kind: "nobody" }
  | { readonly kind: "citizen"; readonly of: "owner" | "other"; readonly province?: "kontum" }
  | { readonly kind: "officer"; readonly role: OfficerRole; readonly of: "unit" | "other-unit" | "kontum" };

export interface Things {
  readonly filed: string;
  readonly draft: string;
  readonly returned: string;
  readonly file: string;
  readonly draftFile: string;
  readonly batch: string;
  readonly slip: string;
  readonly receipt: string;
}

export async function openPlace(database: Database, test: TestDatabase): Promise<Place> {
  const config = loadConfig({ PORT: "18080" });
  const folder = await mkdtemp(join(tmpdir(), "motcua-authorisation-"));
  const log = createLog("test");
  log.level = "silent";
  const building: ProvinceBuilding = {
    config,
    log,
    clock: systemClock,
    database,
    files: createDiskStore(join(folder, "files")),
    signers: await openSigners({ dataDir: folder, demo: true }),
    secret: config.secrets.dataKeys.province,
  };
  const sites: FastifyInstance[] = [];
  const of = async (code: "tayninh" | "kontum") => {
    const tenant = findTenant(code);
    await seedOfficers(database, tenant, officersOf(code), building.secret);
    const origins = config.origins.provinces.find((one) => one.code === code);
    if (!origins) throw new Error(`no origins of ${code}`);
    const site = { tenant, portalOrigin: origins.portal, deskOrigin: origins.desk };
    const [portal, desk] = [await createPortal(building, site), await createDesk(building, site)];
    sites.push(portal, desk);
    return { portal, desk, origins };
  };
  const places = { tayninh: await of("tayninh"), kontum: await of("kontum") };
  const owner = await aDossierAtTheDesk(database, building.files, { name: CANARY, dues: [DUE] });
  const things = await makeThings(building, test, owner);
  const people = { owner: owner.applicantSub, other: newSecretId() };

  const sign = async (visitor: Visitor, site: string, data: object): Promise<Visitor> => {
    const token = randomToken();
    await database.run(addSession, [sha256(token), site, JSON.stringify(data), 1_800, null]);
    visitor.cookies.set(site, { value: token, path: "/" });
    return visitor;
  };
  return {
    portal: places.tayninh.portal,
    desk: places.tayninh.desk,
    things,
    async visitor(where, who) {
      const elsewhere =
        (who.kind === "citizen" && who.province) || (who.kind === "officer" && who.of === "kontum" && "kontum");
      const code = elsewhere || "tayninh";
      const place = places[code];
      const visitor = new Visitor(place[where], where === "portal" ? place.origins.portal : place.origins.desk);
      if (who.kind === "nobody") return visitor;
      if (who.kind === "citizen")
        return sign(visitor, `${code}-portal`, { person: { ...PERSON, sub: people[who.of] }, idToken: "x" });
      const { rows } = await withAdmin(test, (client) =>
        client.query<{ id: string }>("select id from officer where username = $1", [`${who.role}.${who.of}`]),
      );
      return sign(visitor, `${code}-desk`, { officer: rows[0]?.id });
    },
    fingerprint: () => fingerprint(test),
    async close() {
      await Promise.all(sites.map((site) => site.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const PERSON = { name: CANARY, identityNumber: "072090000101", birthDate: "1990-02-11", phone: "0900000101" };

const DUE = {
  code: "2.000635",
  kind: "charge",
  name: { vi: "Bản sao trích lục", en: "Extract copies" },
  amount: 16_000,
  quantity: 2,
  unitAmount: 8_000,
  basis: "Thông tư 281/2016/TT-BTC",
} as const;

/** One officer of each role in the dossier's unit, in another unit, and in another province. */
function officersOf(province: "tayninh" | "kontum") {
  const units =
    province === "tayninh"
      ? ([
          ["unit", UNIT],
          ["other-unit", OTHER_UNIT],
        ] as const)
      : ([["kontum", "000.00.00.H34"]] as const);
  return units.flatMap(([of, agency]) =>
    ROLES.map((role) => ({
      province,
      agency,
      username: `${role}.${of}`,
      password: "x",
      totpSecret: "JBSWY3DPEHPK3PXP",
      name: `${role} ${of}`,
      role,
      unit: of,
    })),
  );
}

async function makeThings(
  { database, files, signers }: ProvinceBuilding,
  test: TestDatabase,
  owner: { readonly id: string; readonly applicantSub: string },
): Promise<Things> {
  const tenant = "tayninh";
  const db = database.forTenant(tenant);
  const [file] = await listFiles(database, { tenant, dossierId: owner.id });
  const filed = await findDossier(database, { tenant, dossierId: owner.id });
  if (!file || !filed) throw new Error("the example has no dossier");
  const stored = await files.put(await samplePdf(CANARY), { maxBytes: 1_000_000 });
  const paper = { name: "nhap.pdf", sha256: stored.sha256, size: stored.size, mediaType: "application/pdf" };
  const returned = await aDossierAtTheDesk(database, files, {
    name: CANARY,
    applicantSub: owner.applicantSub,
  });
  const entered = await enterResult(db, files, {
    dossierId: returned.id,
    fields: { number: "1/GKS", summary: CANARY, effectiveOn: "2026-03-02", expiresOn: undefined },
    file: { sha256: stored.sha256, name: "ket-qua.pdf" },
    enteredBy: "officer:1",
  });
  if (!entered.ok) throw new Error(entered.reasons.join());
  // Its way to the end is the journey's business; here it only has to be somebody's.
  await withAdmin(test, (client) =>
    client.query(
      `update dossier set state = 'returned', code = '000.20.31.H53-260302-0001', result_signed = true, finished_at = now(), result_id = $2, result_file = $3, returned_at = now(), received_at = now(),
         due_at = now() where id = $1`,
      [returned.id, entered.result.id, JSON.stringify(paper)],
    ),
  );
  // Made last: filing another dossier of this procedure would have taken an open draft up.
  const { procedure, agency, channel } = filed;
  const applicant = { ...PERSON, sub: owner.applicantSub, identityKind: "cccd" } as const;
  const draft = await startDraft(database, { tenant, procedure, agency, channel, applicant, prefill: {}, fresh: true });
  if (!draft.ok) throw new Error(draft.reason);
  const key = { tenant, dossierId: draft.dossierId, applicantSub: owner.applicantSub };
  const attached = await attachFile(database, { ...key, component: "giay-chung-sinh", ...paper });
  if (!attached.ok) throw new Error(attached.reason);
  const [draftFile] = await listFiles(database, key);
  const batch = newId();
  await withAdmin(test, async (client) => {
    await client.query("select set_config('app.tenant', $1, false)", [tenant]);
    const of = [batch, owner.applicantSub, JSON.stringify(applicant), JSON.stringify(agency)];
    await client.query(
      `insert into filing_batch (id, applicant_sub, applicant, agency, procedure_code, procedure_name, sheet_name, columns)
       values ($1, $2, $3, $4, '2.000635', '{"vi": "Trích lục", "en": "Extract"}', 'bang.csv', '["_stt", "nksHoTen"]')`,
      of,
    );
    await client.query(
      `insert into filing_batch_row (batch_id, seq, line, cells, errors, state)
       values ($1, 1, 3, jsonb_build_object('nksHoTen', $2::text), '[{"column": "", "message": {"vi": "x", "en": "x"}}]', 'faulty')`,
      [batch, CANARY],
    );
  });

  const signer = await signers.person({ id: "x", name: "Võ Thị Kim Liên", agency: agency.name });
  const slip = await issueSlip(db, { files, portalOrigin: "http://localhost:18082", signer }, slipOf(filed.id));
  const [receipt] = await issueReceiptsForSettlement(db, {
    settlementId: newId(),
    dossier: { id: filed.id, procedureName: "Bản sao", applicantSub: owner.applicantSub },
    payer: { sub: owner.applicantSub, name: CANARY },
    lines: [DUE],
    paidAt: new Date(),
    agency: { name: agency.name, taxCode: "3900000000", address: "Bến Cầu" },
  });
  if (!receipt || !draftFile) throw new Error("no receipt or no draft");
  return {
    filed: filed.id,
    draft: draft.dossierId,
    returned: returned.id,
    file: file.id,
    draftFile: draftFile.id,
    batch,
    slip: slip.id,
    receipt: receipt.id,
  };
}

function slipOf(dossierId: string) {
  return {
    kind: "refusal",
    dossierId,
    occasion: "",
    content: {
      agency: { name: "UBND thị trấn Bến Cầu", oneStopUnit: "Bộ phận một cửa", place: "Bến Cầu" },
      dossier: { id: dossierId, procedureName: "Khai sinh", applicantName: CANARY, channel: "provincial-portal" },
      officerName: "Võ Thị Kim Liên",
      reason: "Thiếu giấy tờ.",
    },
    issuedBy: "officer:1",
    ruleSet: findTenant("tayninh").era.slips,
  } as const;
}

/** Sessions and spent security codes come and go with looking. */
const NOT_WRITTEN_DOWN = ["session", "captcha_spent", "periodic", "migration"];

async function fingerprint(test: TestDatabase): Promise<string> {
  return withAdmin(test, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1) order by 1",
      [NOT_WRITTEN_DOWN],
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ n: number; hash: string | null }>(
        `select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as hash from ${name} t`,
      );
      lines.push(`${name} ${rows[0]?.n} ${rows[0]?.hash}`);
    }
    return lines.join("\n");
  });
}
