import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { createWorker } from "#kit/jobs.ts";
import { createLog } from "#kit/log.ts";
import { readSenderNote, readSyncMessage, type SyncRequest } from "#protocols/dossier-sync/index.ts";
import { withDatabase } from "#tests/support/database.ts";
import { aFiledDossier, copyDue, officerLien, tomorrow } from "./dossier-examples.ts";
import { markFeePaid } from "./dossier-fees.ts";
import { dossierSyncJobs } from "./dossier-sync-jobs.ts";
import { receiveDossier } from "./receive-dossier.ts";

/** A portal that takes everything, refuses the first `failures` calls, and remembers what it was sent. */
async function withPortal(failures: number, work: (url: string, seen: SyncRequest[]) => Promise<void>): Promise<void> {
  const seen: SyncRequest[] = [];
  let left = failures;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (request.url?.endsWith("/dang-nhap")) return response.end('{"error_code":"0","session":"s"}');
      if (left-- > 0) return response.end("<html>502</html>");
      const read = readSyncMessage("request", JSON.parse(body));
      if (read.ok) seen.push(read.message);
      return response.end(JSON.stringify({ error_code: read.ok ? "0" : "1", message: read.ok ? "" : read.why }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as { port: number }).port}/dong-bo`, seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const tenant = { code: "tayninh", unit: "000.00.00.H53", portal: "http://localhost:8082", password: "x" };

test("each change reaches the portal in its order, with the dossier as it stands and the step that was made", async () => {
  await withDatabase("province", async (database) => {
    await withPortal(0, async (url, seen) => {
      const filed = await aFiledDossier(database, { dues: [copyDue] });
      const handlers = dossierSyncJobs({
        database,
        url,
        tenants: [tenant],
        duesOf: async () => [{ code: "2.000635", name: "Bản sao trích lục", amount: 16_000, withResult: false }],
      });
      const worker = createWorker({ database, handlers, log: createLog("test") });
      await worker.drain();
      await receiveDossier(
        database,
        { ...filed, expectedVersion: filed.version, actor: officerLien },
        { dueTimeOf: tomorrow },
      );
      await markFeePaid(database, { ...filed, amount: 16_000, reference: "r" });
      assert.equal(await worker.drain(), 2);
      const steps = seen.flatMap((one) =>
        one.service === "CapNhatTienDoHoSoMC" ? one.data.map((step) => [step.NoiDungXuLy, step.TrangThai]) : [],
      );
      assert.deepEqual(steps, [
        ["Gửi hồ sơ", "1"],
        ["Tiếp nhận hồ sơ", "2"],
        ["Đã nhận đủ phí, lệ phí", "2"],
      ]);
      const dossiers = seen.flatMap((one) => (one.service === "DongBoHoSoMC" ? one.data : []));
      assert.equal(dossiers[0]?.MaHoSo, String(filed.number));
      assert.match(dossiers.at(-1)?.MaHoSo ?? "", /^000\.20\.31\.H53-\d{6}-0001$/);
      assert.deepEqual(
        dossiers.map((one) => readSenderNote(one.ThongTinKhac)?.conPhaiNop),
        [16_000, 0, 0],
      );
      assert.equal(dossiers[0]?.DuocThanhToanTrucTuyen, "1");
    });
  });
});

test("a portal that is down keeps the change waiting; it goes through afterwards", async () => {
  await withDatabase("province", async (database) => {
    await withPortal(1, async (url, seen) => {
      await aFiledDossier(database);
      const handler = dossierSyncJobs({ database, url, tenants: [tenant] });
      const worker = createWorker({ database, handlers: handler, log: createLog("test") });
      await worker.drain();
      assert.equal(seen.length, 0);
      // the back-off of the first try is one second
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      assert.equal(await worker.drain(), 1);
      assert.equal(seen.length, 2);
    });
  });
});
