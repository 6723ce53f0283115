import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { ConfigError, loadConfig } from "./config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "motcua-config-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const key = (name: string) => `${name}-0123456789abcdef`;
const SECRETS = {
  momo: { partnerCode: "TINH", accessKey: key("access"), secretKey: key("secret") },
  vnpay: { tmnCode: "TINH0001", hashSecret: key("hash") },
  oidcClients: { tayninh: { clientId: "tayninh", clientSecret: key("oidc") } },
  merchants: { tayninh: { partner: "TINH", secret: key("merchant"), token: key("token") } },
  dossierSync: { tayninh: key("sync") },
  smsGateway: key("sms"),
  subscriberRegister: key("register"),
  dataKeys: { national: key("national-data-key"), province: key("province-data-key") },
};
const SERVICES = {
  sms: { url: "https://sms.example.vn" },
  mail: { host: "mail.example.vn", port: 587, from: "khong-tra-loi@example.vn" },
  subscriberRegister: { url: "https://thue-bao.example.vn" },
  momo: { endpoint: "https://momo.example.vn" },
  vnpay: { payUrl: "https://vnpay.example.vn/pay", transactionUrl: "https://vnpay.example.vn/api" },
  paymentHub: { url: "https://dvcqg.example.vn/nen-tang/thanh-toan" },
  dossierSync: { url: "https://dvcqg.example.vn/dong-bo" },
};

function production(secrets: object, services: object, more: Record<string, string> = {}) {
  const file = (name: string, content: object): string => {
    const at = path.join(folder, name);
    writeFileSync(at, JSON.stringify(content));
    return at;
  };
  return () =>
    loadConfig({
      MOTCUA_MODE: "production",
      MOTCUA_DATA: folder,
      ORIGIN_NATIONAL: "https://dvcqg.example.vn",
      ORIGINS_PROVINCES: "tayninh=https://dvc.example.vn,https://motcua.example.vn",
      DATABASE_URL_NATIONAL: "postgres://a",
      DATABASE_URL_PROVINCE: "postgres://b",
      MIGRATE_URL_NATIONAL: "postgres://c",
      MIGRATE_URL_PROVINCE: "postgres://d",
      MOTCUA_SECRETS: file("secrets.json", secrets),
      MOTCUA_SERVICES: file("services.json", services),
      ...more,
    });
}

function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("production starts with everything given, and names every value that is missing, at once", () => {
  assert.deepEqual(problemsOf(production(SECRETS, SERVICES)), []);
  const { dossierSync: _sync, ...secrets } = SECRETS;
  const { momo: _momo, ...services } = SERVICES;
  assert.deepEqual(problemsOf(production(secrets, { ...services, mail: { ...SERVICES.mail, port: "587" } })), [
    "secrets.dossierSync.tayninh is not given",
    "services.momo.endpoint is not given",
    "services.mail.port is not given",
  ]);
  assert.ok(problemsOf(production({}, {})).length > 20);
});

test("production refuses the demo's secrets, short ones, services on this machine and plain http", () => {
  const problems = problemsOf(
    production(
      { ...SECRETS, smsGateway: "demo-sms-gateway-key", subscriberRegister: "short" },
      { ...SERVICES, sms: { url: "http://localhost:8086/sms" } },
      { ORIGIN_NATIONAL: "http://dvcqg.example.vn" },
    ),
  );
  assert.deepEqual([...problems].sort(), [
    "http://dvcqg.example.vn must be an https origin",
    "secrets.smsGateway is a demo secret",
    "secrets.subscriberRegister is too short",
    "services.sms.url points at this machine (a sandbox)",
  ]);
});
