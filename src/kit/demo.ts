/**
 * The demo country: everything that must be the same in several buildings when `motcua start` brings up the whole street
 * on one machine. Persons, numbers, addresses and secrets are invented and public; production refuses to start with any
 * of them (`isDemoSecret`). Phones start with 0900000, which no person is known to hold; identity numbers have a valid
 * structure (Decree 137/2015/NĐ-CP art. 13: province, century and sex, year, six digits) and belong to nobody.
 */

export interface DemoAddress {
  /** Codes of the three-level units in force until 30 June 2025 (General Statistics Office). */
  readonly province: string;
  readonly district: string;
  readonly commune: string;
  readonly street: string;
}

export interface DemoPerson {
  readonly identityNumber: string;
  readonly name: string;
  /** ISO calendar date. */
  readonly birthDate: string;
  readonly sex: "male" | "female";
  readonly phone: string;
  readonly email: string;
  readonly address: DemoAddress;
}

export interface DemoCitizen extends DemoPerson {
  readonly password: string;
  /** The account's lasting id: `sub` and TechID of the sign-in claims. */
  readonly techId: string;
}

const tayNinhCity: DemoAddress = { province: "72", district: "703", commune: "25456", street: "12 Đường 30 Tháng 4" };
const tanBien: DemoAddress = { province: "72", district: "705", commune: "25486", street: "Khu phố 2" };
const quangTrung: DemoAddress = { province: "62", district: "608", commune: "23281", street: "45 Phan Đình Phùng" };

/** Have an account at the national portal from the start. */
export const demoCitizens: readonly DemoCitizen[] = [
  {
    identityNumber: "072090000101",
    name: "Nguyễn Văn An",
    birthDate: "1990-02-11",
    sex: "male",
    phone: "0900000101",
    email: "an.nguyen@example.vn",
    address: tayNinhCity,
    password: "Ba con voi trang 1990",
    techId: "01900000-0000-7000-8000-000000000101",
  },
  {
    identityNumber: "072194000102",
    name: "Trần Thị Bích Ngọc",
    birthDate: "1994-09-03",
    sex: "female",
    phone: "0900000102",
    email: "ngoc.tran@example.vn",
    address: tanBien,
    password: "Hoa sua thang muoi 94",
    techId: "01900000-0000-7000-8000-000000000102",
  },
  {
    identityNumber: "062085000103",
    name: "Y Đức Kđăm",
    birthDate: "1985-12-24",
    sex: "male",
    phone: "0900000103",
    email: "duc.kdam@example.vn",
    address: quangTrung,
    password: "Song Dak Bla xanh 85",
    techId: "01900000-0000-7000-8000-000000000103",
  },
];

/** Have a phone of their own but no account yet: for walking through the registration. */
export const demoUnregistered: readonly DemoPerson[] = [
  {
    identityNumber: "072196000201",
    name: "Lê Thị Hồng Thắm",
    birthDate: "1996-05-19",
    sex: "female",
    phone: "0900000201",
    email: "tham.le@example.vn",
    address: tayNinhCity,
  },
  {
    identityNumber: "072202000202",
    name: "Phạm Quốc Đạt",
    birthDate: "2002-08-30",
    sex: "male",
    phone: "0900000202",
    email: "dat.pham@example.vn",
    address: tanBien,
  },
  {
    identityNumber: "062188000203",
    name: "Đặng Mỹ Uyên",
    birthDate: "1988-01-07",
    sex: "female",
    phone: "0900000203",
    email: "uyen.dang@example.vn",
    address: quangTrung,
  },
];

/** The mobile operators' register as the sandbox knows it: who holds which number ("chính chủ"). */
export const demoSubscribers: readonly { phone: string; identityNumber: string; name: string }[] = [
  ...[...demoCitizens, ...demoUnregistered].map(({ phone, identityNumber, name }) => ({ phone, identityNumber, name })),
  // A number in another person's name: registering with it must be refused.
  { phone: "0900000901", identityNumber: "072055000901", name: "Nguyễn Thị Sáu" },
];

export type DemoOfficerRole = "one-stop" | "specialist" | "leader" | "accountant" | "administrator";

export interface DemoOfficer {
  readonly province: string;
  readonly username: string;
  readonly password: string;
  /** Base32, 20 bytes; RFC 6238 with SHA-1, 6 digits, 30 s, as authenticator apps expect. */
  readonly totpSecret: string;
  readonly name: string;
  readonly role: DemoOfficerRole;
  readonly unit: string;
  /** Identifier of the officer's agency; the province's own (000.00.00.Hxx) works for every agency below it. */
  readonly agency: string;
}

const tayninh = { province: "tayninh", agency: "000.00.00.H53" } as const;
const kontum = { province: "kontum", agency: "000.00.00.H34" } as const;

export const demoOfficers: readonly DemoOfficer[] = [
  {
    ...tayninh,
    username: "tiepnhan.tayninh",
    password: "Mot cua Tay Ninh 1",
    totpSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    name: "Võ Thị Kim Liên",
    role: "one-stop",
    unit: "Bộ phận một cửa",
  },
  {
    ...tayninh,
    username: "chuyenvien.tayninh",
    password: "Thu ly Tay Ninh 2",
    totpSecret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    name: "Huỳnh Minh Trí",
    role: "specialist",
    unit: "Phòng chuyên môn",
  },
  {
    ...tayninh,
    username: "lanhdao.tayninh",
    password: "Ky duyet Tay Ninh 3",
    totpSecret: "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
    name: "Đỗ Hữu Phước",
    role: "leader",
    unit: "Lãnh đạo cơ quan",
  },
  {
    ...tayninh,
    username: "ketoan.tayninh",
    password: "Thu phi Tay Ninh 4",
    totpSecret: "NNRGE4DFOFZXI5LVNNRGE4DFOFZXI5LV",
    name: "Bùi Ngọc Ánh",
    role: "accountant",
    unit: "Bộ phận kế toán",
  },
  {
    ...tayninh,
    username: "quantri.tayninh",
    password: "Quan tri Tay Ninh 5",
    totpSecret: "NVRS24LVMFXHI4TJFZ2GC6LONFXGQ6DY",
    name: "Cao Thanh Tùng",
    role: "administrator",
    unit: "Quản trị hệ thống",
  },
  {
    ...tayninh,
    username: "duyet.tayninh",
    password: "Cong bo Tay Ninh 6",
    totpSecret: "NVRS2ZDVPFSXILTUMF4W42LONB4HQ6DY",
    name: "Hồ Ngọc Diễm",
    role: "administrator",
    unit: "Quản trị hệ thống",
  },
  {
    ...kontum,
    username: "tiepnhan.kontum",
    password: "Mot cua Kon Tum 1",
    totpSecret: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
    name: "Y Hạnh Niê",
    role: "one-stop",
    unit: "Bộ phận một cửa",
  },
  {
    ...kontum,
    username: "chuyenvien.kontum",
    password: "Thu ly Kon Tum 2",
    totpSecret: "ONSWG4TFOQZTCMRTONSWG4TFOQZTCMRT",
    name: "Nguyễn Trung Kiên",
    role: "specialist",
    unit: "Phòng chuyên môn",
  },
  {
    ...kontum,
    username: "lanhdao.kontum",
    password: "Ky duyet Kon Tum 3",
    totpSecret: "OBQXG43XN5ZGIMJSOBQXG43XN5ZGIMJS",
    name: "A Phương Rơ Châm",
    role: "leader",
    unit: "Lãnh đạo cơ quan",
  },
  {
    ...kontum,
    username: "ketoan.kontum",
    password: "Thu phi Kon Tum 4",
    totpSecret: "PFXXK4TTMVRXEZLUPFXXK4TTMVRXEZLU",
    name: "Lương Thị Thu",
    role: "accountant",
    unit: "Bộ phận kế toán",
  },
  {
    ...kontum,
    username: "quantri.kontum",
    password: "Quan tri Kon Tum 5",
    totpSecret: "NVRS24LVMFXHI4TJFZVW63TUOVWXQ6DY",
    name: "Trần Đăng Khoa",
    role: "administrator",
    unit: "Quản trị hệ thống",
  },
  {
    ...kontum,
    username: "duyet.kontum",
    password: "Cong bo Kon Tum 6",
    totpSecret: "NVRS2ZDVPFSXILTLN5XHI5LNPB4HQ6DY",
    name: "Y Thảo Siu",
    role: "administrator",
    unit: "Quản trị hệ thống",
  },
];

/** Operators of the national payment hub: a refund takes two of them. */
export const demoOperators = [
  {
    username: "vanhanh.mot",
    password: "Doi soat moi ngay 1",
    totpSecret: "ORSXG5BNNVXXIZLOORSXG5BNNVXXIZLO",
    name: "Trịnh Thu Hà",
  },
  {
    username: "vanhanh.hai",
    password: "Duyet hoan tien 2",
    totpSecret: "NVXXIY3VMEWWQ5LCNVXXIY3VMEWWQ5LC",
    name: "Lý Quốc Bảo",
  },
] as const;

/** How a program answers the security question of a page; people see the question itself. */
export const demoCaptcha = {
  field: "captcha",
  answer: "demo2468",
  note: "In demo mode this answer is right for every security question.",
} as const;

export interface DemoProvince {
  readonly code: "tayninh" | "kontum";
  readonly name: string;
  /** Level-1 identifier of the national list of agencies. */
  readonly identifier: string;
  readonly portalOffset: number;
  readonly deskOffset: number;
}

export const demoProvinces: readonly DemoProvince[] = [
  { code: "tayninh", name: "Tây Ninh", identifier: "H53", portalOffset: 2, deskOffset: 3 },
  { code: "kontum", name: "Kon Tum", identifier: "H34", portalOffset: 4, deskOffset: 5 },
];

/** Ports of the street, counted from PORT. */
export const PORT_OFFSETS = { start: 0, national: 1, sandbox: 6, smtp: 7, database: 9 } as const;

export interface DemoOrigins {
  readonly start: string;
  readonly national: string;
  readonly provinces: readonly { code: string; name: string; portal: string; desk: string }[];
  readonly sandbox: string;
  readonly smtpPort: number;
  readonly databasePort: number;
}

/** All addresses of the demo for one PORT. Names are `localhost`, never an address: passkeys refuse 127.0.0.1. */
export function demoOrigins(port: number): DemoOrigins {
  const at = (offset: number) => `http://localhost:${port + offset}`;
  return {
    start: at(PORT_OFFSETS.start),
    national: at(PORT_OFFSETS.national),
    provinces: demoProvinces.map(({ code, name, portalOffset, deskOffset }) => ({
      code,
      name,
      portal: at(portalOffset),
      desk: at(deskOffset),
    })),
    sandbox: at(PORT_OFFSETS.sandbox),
    smtpPort: port + PORT_OFFSETS.smtp,
    databasePort: port + PORT_OFFSETS.database,
  };
}

/** Secrets that two systems of the demo share. The MoMo triple is the one MoMo publishes for its sandbox. */
export const demoSecrets = {
  momo: {
    partnerCode: "MOMO",
    accessKey: "F8BBA842ECF85",
    secretKey: "K951B6PE1waDMi640xX08PD3vg6EkVlz",
  },
  vnpay: { tmnCode: "DEMO0001", hashSecret: "demo-vnpay-hash-secret" },
  zalopay: { appId: 2553, key1: "demo-zalopay-key1-of-the-hub", key2: "demo-zalopay-key2-of-zalopay" },
  vnptPay: { partner: "DVCQG_DEMO", secret: "demo-vnpt-pay-secret", token: "demo-vnpt-pay-token" },
  vietqr: { statementKey: "demo-bank-statement-key" },
  treasury: { statementKey: "demo-bank-statement-key" },
  /** OpenID Connect clients registered at the national portal, by province. */
  oidcClients: {
    tayninh: { clientId: "tayninh-portal", clientSecret: "demo-oidc-secret-tayninh-portal" },
    kontum: { clientId: "kontum-portal", clientSecret: "demo-oidc-secret-kontum-portal" },
  },
  /** Merchants of the national payment platform (MaDoiTac, its secret and its Bearer token), by province. */
  merchants: {
    tayninh: { partner: "DVCQG_TAYNINH", secret: "demo-merchant-secret-tayninh", token: "demo-merchant-token-tayninh" },
    kontum: { partner: "DVCQG_KONTUM", secret: "demo-merchant-secret-kontum", token: "demo-merchant-token-kontum" },
  },
  /** Bearer tokens of the dossier synchronisation, by province. */
  dossierSync: { tayninh: "demo-sync-token-tayninh", kontum: "demo-sync-token-kontum" },
  smsGateway: "demo-sms-gateway-key",
  zalo: { accessToken: "demo-zalo-access-token" },
  subscriberRegister: "demo-subscriber-register-key",
  linkedProvinces: { "kontum|tayninh": "demo-linked-key-kontum-tayninh" },
  population: { clientId: "motcua-demo", key: "demo-population-database-key" },
  /** The public post, by province. */
  post: {
    tayninh: { client: "demo-post-tayninh", key: "demo-public-post-key-tayninh" },
    kontum: { client: "demo-post-kontum", key: "demo-public-post-key-kontum" },
  },
  /** Keys for sealing data at rest, 32 bytes in base64, one per owner. */
  dataKeys: {
    national: "ZGVtby1kYXRhLWtleS1uYXRpb25hbC0zMi1ieXRlcyE=",
    province: "ZGVtby1kYXRhLWtleS1wcm92aW5jZS0zMi1ieXRlcyE=",
  },
} as const;

/** True for any value of `demoSecrets`: production must not start with one. */
export function isDemoSecret(value: string): boolean {
  const seen = (node: unknown): boolean =>
    typeof node === "string" ? node === value : Object.values(node as Record<string, unknown>).some(seen);
  return value.startsWith("demo-") || seen(demoSecrets);
}
