/** Takes what a province tells about its dossiers. Messages may come twice and late; the newest version wins. */
import { parseCompact } from "#kit/calendar.ts";
import { randomToken, sameText, sha256 } from "#kit/crypto.ts";
import type { Db } from "#kit/db.ts";
import {
  type DossierRecord,
  type ProgressRecord,
  readSenderNote,
  readSyncMessage,
  type SignInAnswer,
  SYNC_CODES,
  type SyncAnswer,
} from "#protocols/dossier-sync/index.ts";
import {
  findSyncSession,
  type IndexedDossier,
  putIndexedDossier,
  putIndexedStep,
  saveSyncSession,
} from "./dossier-index-store.ts";

export interface SyncProvince {
  readonly code: string;
  /** Level-1 identifier, e.g. H53: every unit of the province ends in it. */
  readonly identifier: string;
  /** Origin of its portal: links elsewhere are not shown. */
  readonly portal: string;
  readonly password: string;
}

export interface DossierIndexDeps {
  readonly database: Db;
  readonly provinces: readonly SyncProvince[];
}

const SESSION_SECONDS = 8 * 3_600;

/** `{username, password}` → `{error_code, session}`; the same answer for a wrong name and a wrong password. */
export async function signInProvince(deps: DossierIndexDeps, body: unknown): Promise<SignInAnswer> {
  const read = readSyncMessage("signIn", body);
  const refused = { error_code: SYNC_CODES.invalid, session: "", message: "Sai tên hoặc mật khẩu" };
  if (!read.ok) return refused;
  const province = deps.provinces.find((one) => one.code === read.message.username);
  if (!province || !sameText(province.password, read.message.password)) return refused;
  const session = randomToken();
  await saveSyncSession(deps.database, sha256(session), province.code, SESSION_SECONDS);
  return { error_code: SYNC_CODES.done, session };
}

/** One call of a service. The answer's code says what to do: see SYNC_CODES. */
export async function receiveSync(deps: DossierIndexDeps, body: unknown): Promise<SyncAnswer> {
  const read = readSyncMessage("request", body);
  if (!read.ok) return { error_code: SYNC_CODES.invalid, message: `Dữ liệu không hợp lệ: ${read.why}` };
  const { message } = read;
  const code = await findSyncSession(deps.database, sha256(message.session));
  const province = deps.provinces.find((one) => one.code === code);
  if (!province) return { error_code: SYNC_CODES.session, message: "Phiên không tồn tại hoặc đã hết" };
  if (!message.madonvi.endsWith(`.${province.identifier}`)) {
    return { error_code: SYNC_CODES.invalid, message: "madonvi không thuộc tỉnh của phiên này" };
  }
  if (message.service === "DongBoHoSoMC") {
    return receiveDossiers(deps, province, message.madonvi, message.isUpdating === "True", message.data);
  }
  return receiveSteps(deps, province, message.data);
}

async function receiveDossiers(
  deps: DossierIndexDeps,
  province: SyncProvince,
  unit: string,
  updating: boolean,
  records: readonly DossierRecord[],
): Promise<SyncAnswer> {
  const dossiers = records.map((record) => toIndexed(record, province));
  const bad = dossiers.indexOf(undefined);
  if (bad >= 0) return { error_code: SYNC_CODES.invalid, message: `data[${bad}]: ngày không tồn tại` };
  for (const dossier of dossiers) {
    if (!dossier) continue;
    const outcome = await putIndexedDossier(deps.database, { province: province.code, unit, updating, dossier });
    if (outcome === "exists")
      return { error_code: SYNC_CODES.exists, message: `Hồ sơ ${dossier.code || dossier.number} đã tồn tại` };
  }
  return { error_code: SYNC_CODES.done, message: "" };
}

async function receiveSteps(
  deps: DossierIndexDeps,
  province: SyncProvince,
  records: readonly ProgressRecord[],
): Promise<SyncAnswer> {
  for (const record of records) {
    const at = parseCompact(record.ThoiDiemXuLy);
    if (!at) return { error_code: SYNC_CODES.invalid, message: "ThoiDiemXuLy không tồn tại" };
    const outcome = await putIndexedStep(deps.database, province.code, {
      dossier: record.MaHoSo,
      at: at.toISOString(),
      status: Number(record.TrangThai),
      handler: record.NguoiXuLy,
      unit: record.PhongBanXuLy,
      content: record.NoiDungXuLy,
      dueAt: iso(record.NgayKetThucTheoQuyDinh),
    });
    if (outcome === "unknown") return { error_code: SYNC_CODES.unknown, message: `Chưa có hồ sơ ${record.MaHoSo}` };
  }
  return { error_code: SYNC_CODES.done, message: "" };
}

function toIndexed(record: DossierRecord, province: SyncProvince): IndexedDossier | undefined {
  const filedAt = parseCompact(record.NgayNopHoSo);
  if (!filedAt) return undefined;
  const note = readSenderNote(record.ThongTinKhac);
  const { SoGiayToChuHoSo: _number, DinhDanhCHS: _identity, ...kept } = record;
  return {
    number: record.SoBienNhan,
    code: record.MaHoSo === record.SoBienNhan ? "" : record.MaHoSo,
    techId: record.MaDoiTuong,
    holder: record.ChuHoSo,
    procedureCode: record.MaTTHC,
    procedureName: record.TenTTHC,
    fieldName: record.TenLinhVuc,
    agencyName: record.DonViXuLy,
    status: Number(record.TrangThaiHoSo),
    // A sender without versions is believed in the order of arrival.
    version: note?.phienBan ?? 0,
    link: ownLink(note?.duongDan ?? "", province),
    owed: note?.conPhaiNop ?? 0,
    remark: record.GhiChu,
    filedAt: filedAt.toISOString(),
    receivedAt: iso(record.NgayTiepNhan),
    dueAt: iso(record.NgayHenTra),
    finishedAt: iso(record.NgayKetThucXuLy),
    returnedAt: iso(record.NgayTra),
    ...(note?.lienThong ? { wholeProvince: note.lienThong.tinh, wholeNumber: note.lienThong.so } : {}),
    record: kept,
  };
}

/** Only addresses of the province's own portal are shown to people. */
function ownLink(link: string, province: SyncProvince): string {
  return URL.canParse(link) && new URL(link).origin === new URL(province.portal).origin ? link : province.portal;
}

function iso(compact: string): string | null {
  return parseCompact(compact)?.toISOString() ?? null;
}
