import assert from "node:assert/strict";
import { createHash, verify, X509Certificate } from "node:crypto";
import { mkdtemp, readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDemoAuthority } from "./demo-authority.ts";
import { certificateSubject } from "./signer.ts";

const officer = {
  id: "officer.tayninh.an",
  commonName: "Nguyễn Thị Ẩn",
  organisation: "Sở Tư pháp tỉnh Tây Ninh",
  unit: "Bộ phận Một cửa",
  locality: "Tây Ninh",
};

test("the authority issues certificates with Vietnamese names that its root verifies", async () => {
  const authority = await openDemoAuthority(await mkdtemp(join(tmpdir(), "motcua-keys-")));
  const signer = await authority.signer(officer);
  const root = new X509Certificate(authority.rootDer);
  const own = new X509Certificate(signer.certificateDer);
  assert.ok(own.verify(root.publicKey) && own.checkIssued(root));
  assert.equal(own.subject.split("\n").length, 5, "one attribute a line, so each is its own relative name");
  assert.equal(root.ca, true);
  assert.equal(own.ca, false);
  assert.deepEqual(certificateSubject(signer.certificateDer), {
    commonName: "Nguyễn Thị Ẩn",
    organisation: "Sở Tư pháp tỉnh Tây Ninh",
    unit: "Bộ phận Một cửa",
  });
});

test("the signer's signature of a hash is an ordinary RSA signature of what was hashed", async () => {
  const authority = await openDemoAuthority(await mkdtemp(join(tmpdir(), "motcua-keys-")));
  const signer = await authority.signer(officer);
  const data = Buffer.from("Giấy khai sinh");
  const signature = await signer.sign(createHash("sha256").update(data).digest());
  assert.ok(verify("sha256", data, new X509Certificate(signer.certificateDer).publicKey, signature));
});

test("processes that open the folder at the same moment end with the same keys, and nobody else can read them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "motcua-keys-"));
  const opened = await Promise.all([openDemoAuthority(folder), openDemoAuthority(folder), openDemoAuthority(folder)]);
  const signers = await Promise.all(opened.map((authority) => authority.signer(officer)));
  assert.equal(new Set(opened.map((authority) => Buffer.from(authority.rootDer).toString("hex"))).size, 1);
  assert.equal(new Set(signers.map((signer) => Buffer.from(signer.certificateDer).toString("hex"))).size, 1);
  const files = await readdir(folder);
  assert.equal(files.length, 2);
  for (const file of files) assert.equal((await stat(join(folder, file))).mode & 0o077, 0);
});

test("an officer who moves to another agency gets a new certificate, one who stays keeps it", async () => {
  const authority = await openDemoAuthority(await mkdtemp(join(tmpdir(), "motcua-keys-")));
  const before = await authority.signer(officer);
  const moved = await authority.signer({ ...officer, organisation: "UBND huyện Bến Cầu" });
  assert.notDeepEqual(before.certificateDer, moved.certificateDer);
  assert.deepEqual((await authority.signer(officer)).certificateDer, before.certificateDer);
});
