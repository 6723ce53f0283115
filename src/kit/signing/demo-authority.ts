import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { chmod, link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { buffer, OID } from "./cades.ts";
import { keySigner, type Signer } from "./signer.ts";

/** Who a demo certificate names. Texts are Vietnamese (UTF8String in the certificate). */
export interface DemoSubject {
  /** `[a-z0-9._-]+`, stable: the same id gives the same key on every start */
  readonly id: string;
  /** The person's full name, or the agency's name for a seal */
  readonly commonName: string;
  /** The agency */
  readonly organisation: string;
  readonly unit?: string;
  /** Province, attribute L */
  readonly locality?: string;
}

export interface DemoAuthority {
  /** The root certificate, DER: the trust anchor of the demo country */
  readonly rootDer: Uint8Array;
  /** The signer of a person, seal or receipt key; its key and certificate are made on first use. */
  signer(subject: DemoSubject): Promise<Signer>;
}

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const ATTRIBUTE = {
  commonName: "2.5.4.3",
  country: "2.5.4.6",
  locality: "2.5.4.7",
  organisation: "2.5.4.10",
  unit: "2.5.4.11",
} as const;
// Wide on purpose: the demo's provinces live between 2020 and today.
const NOT_BEFORE = new Date("2020-01-01T00:00:00Z");
const NOT_AFTER = new Date("2040-01-01T00:00:00Z");
const makeKeyPair = promisify(generateKeyPair);

/**
 * The demo country's certification authority, in a folder: a root and what it issued, RSA 2048. Several processes may
 * open the same folder at once: each file appears whole or not at all, and the first one wins. Demo mode only; a
 * production installation is given its signers by configuration and refuses to start with these.
 */
export async function openDemoAuthority(folder: string): Promise<DemoAuthority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const rootName = {
    commonName: "Motcua Demo Root CA (không có giá trị pháp lý)",
    organisation: "Motcua - môi trường thử",
  };
  const root = await obtain(join(folder, "root.pem"), async () => issue(rootName, undefined));
  const signers = new Map<string, Promise<Signer>>();
  const make = async (subject: DemoSubject, name: string): Promise<Signer> => {
    const own = await obtain(join(folder, `${name}.pem`), () => issue(subject, root));
    return keySigner({ privateKeyPem: own.keyPem, certificateDer: own.der, chain: [root.der] });
  };
  return {
    rootDer: root.der,
    signer(subject) {
      if (!ID.test(subject.id)) throw new RangeError(`"${subject.id}" is not an id of a demo signer`);
      // Someone who moved to another agency gets a new certificate; the old one stays for what it signed.
      const name = `${subject.id}-${createHash("sha256")
        .update(JSON.stringify(nameParts(subject)))
        .digest("hex")
        .slice(0, 8)}`;
      let found = signers.get(name);
      if (!found) {
        found = make(subject, name);
        found.catch(() => signers.delete(name));
        signers.set(name, found);
      }
      return found;
    },
  };
}

interface Credential {
  readonly keyPem: string;
  readonly der: Uint8Array;
}

type Name = Pick<DemoSubject, "commonName" | "organisation" | "unit" | "locality">;

async function obtain(path: string, make: () => Promise<Credential>): Promise<Credential> {
  const existing = await readCredential(path);
  if (existing) return existing;
  const made = await make();
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(made.keyPem + new X509Certificate(made.der).toString());
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // link() fails when the name exists: of two processes one wins, and both go on with the winner's key.
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(temporary);
  }
  await chmod(path, 0o600);
  const stored = await readCredential(path);
  if (!stored) throw new Error(`cannot read back ${path}`);
  return stored;
}

async function readCredential(path: string): Promise<Credential | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const split = text.indexOf("-----BEGIN CERTIFICATE-----");
  return { keyPem: text.slice(0, split), der: new Uint8Array(new X509Certificate(text.slice(split)).raw) };
}

async function issue(subject: Name, issuer: Credential | undefined): Promise<Credential> {
  const pair = await makeKeyPair("rsa", { modulusLength: 2048 });
  const certificate = new pkijs.Certificate({ version: 2, serialNumber: serialNumber() });
  const issuerCertificate = issuer && pkijs.Certificate.fromBER(buffer(issuer.der));
  certificate.subject = distinguishedName(subject);
  certificate.issuer = issuerCertificate ? issuerCertificate.subject : distinguishedName(subject);
  certificate.notBefore.value = NOT_BEFORE;
  certificate.notAfter.value = NOT_AFTER;
  const spki = pair.publicKey.export({ type: "spki", format: "der" });
  certificate.subjectPublicKeyInfo = pkijs.PublicKeyInfo.fromBER(buffer(spki));
  const issuerKey = issuer ? createPrivateKey(issuer.keyPem) : pair.privateKey;
  certificate.extensions = extensions(issuer === undefined, pair.publicKey, createPublicKey(issuerKey));
  const algorithm = new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256WithRsa, algorithmParams: new asn1.Null() });
  certificate.signature = algorithm;
  certificate.signatureAlgorithm = algorithm;
  const tbs = certificate.encodeTBS().toBER();
  certificate.tbsView = new Uint8Array(tbs);
  certificate.signatureValue = new asn1.BitString({ valueHex: buffer(sign("sha256", Buffer.from(tbs), issuerKey)) });
  return {
    keyPem: String(pair.privateKey.export({ type: "pkcs8", format: "pem" })),
    der: new Uint8Array(certificate.toSchema(true).toBER()),
  };
}

function serialNumber(): asn1.Integer {
  const bytes = randomBytes(16);
  // Positive and without a leading zero octet (RFC 5280 §4.1.2.2).
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return new asn1.Integer({ valueHex: buffer(bytes) });
}

function nameParts(name: Name): readonly (readonly [string, string])[] {
  return [
    [ATTRIBUTE.country, "VN"],
    ...(name.locality ? [[ATTRIBUTE.locality, name.locality] as const] : []),
    [ATTRIBUTE.organisation, name.organisation],
    ...(name.unit ? [[ATTRIBUTE.unit, name.unit] as const] : []),
    [ATTRIBUTE.commonName, name.commonName],
  ];
}

/** One attribute a relative name, as X.500 names are read everywhere; pkijs alone would put all into one set. */
function distinguishedName(name: Name): pkijs.RelativeDistinguishedNames {
  const parts = nameParts(name).map(([type, text]) => {
    const value = text.normalize("NFC");
    const written = type === ATTRIBUTE.country ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value });
    const pair = new asn1.Sequence({ value: [new asn1.ObjectIdentifier({ value: type }), written] });
    return new asn1.Set({ value: [pair] });
  });
  return pkijs.RelativeDistinguishedNames.fromBER(new asn1.Sequence({ value: parts }).toBER());
}

function extensions(authority: boolean, key: KeyObject, issuerKey: KeyObject): pkijs.Extension[] {
  const basic = new pkijs.BasicConstraints(authority ? { cA: true } : {});
  // Bits of KeyUsage: 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign.
  const usage = new asn1.BitString({
    valueHex: new Uint8Array([authority ? 0x06 : 0xc0]).buffer,
    unusedBits: authority ? 1 : 6,
  });
  const identifier = new asn1.OctetString({ valueHex: keyIdentifier(key) });
  const authorityIdentifier = new pkijs.AuthorityKeyIdentifier({
    keyIdentifier: new asn1.OctetString({ valueHex: keyIdentifier(issuerKey) }),
  });
  return [
    new pkijs.Extension({ extnID: "2.5.29.19", critical: true, extnValue: basic.toSchema().toBER() }),
    new pkijs.Extension({ extnID: "2.5.29.15", critical: true, extnValue: usage.toBER() }),
    new pkijs.Extension({ extnID: "2.5.29.14", critical: false, extnValue: identifier.toBER() }),
    new pkijs.Extension({ extnID: "2.5.29.35", critical: false, extnValue: authorityIdentifier.toSchema().toBER() }),
  ];
}

function keyIdentifier(key: KeyObject): ArrayBuffer {
  return buffer(
    createHash("sha1")
      .update(key.export({ type: "spki", format: "der" }))
      .digest(),
  );
}
