import { createHash, X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../errors.ts";
import { openDemoAuthority } from "./demo-authority.ts";
import type { Signer } from "./signer.ts";

/** Where an owner's signatures come from. Use cases get a Signer from here and never learn where its key lies. */
export interface SignerSource {
  /** Demo certificates are in use: pages say that they have no legal force */
  readonly demo: boolean;
  /** DER certificates that signatures must chain to, for the verifier */
  readonly trustedRoots: readonly Uint8Array[];
  /** An officer who signs in their own name. `id` is the officer's lasting id. */
  person(person: {
    readonly id: string;
    readonly name: string;
    readonly agency: string;
    readonly unit?: string;
    readonly locality?: string;
  }): Promise<Signer>;
  /** An agency's seal (con dấu). `id` is the agency's lasting id or identifier. */
  seal(agency: { readonly id: string; readonly name: string; readonly locality?: string }): Promise<Signer>;
  /** The key under which an agency issues receipts. */
  receipts(collector: { readonly name: string; readonly taxCode: string }): Promise<Signer>;
}

/**
 * Opens the signers of an installation. In demo mode a certification authority is made under `<dataDir>/keys` on first
 * use. Otherwise the trusted roots are the `.pem` files in `<dataDir>/keys/trusted`, and asking for a signer throws
 * AppError `unavailable`, reason `signer-not-configured`, until a token, remote service or HSM is connected.
 */
export async function openSigners(options: {
  readonly dataDir: string;
  readonly demo: boolean;
}): Promise<SignerSource> {
  const folder = path.join(options.dataDir, "keys");
  if (!options.demo)
    return {
      demo: false,
      trustedRoots: await readRoots(path.join(folder, "trusted")),
      person: refuse,
      seal: refuse,
      receipts: refuse,
    };
  const authority = await openDemoAuthority(folder);
  return {
    demo: true,
    trustedRoots: [authority.rootDer],
    person: ({ id, name, agency, unit, locality }) =>
      authority.signer({
        id: fileId("person", id),
        commonName: name,
        organisation: agency,
        ...(unit ? { unit } : {}),
        ...(locality ? { locality } : {}),
      }),
    seal: ({ id, name, locality }) =>
      authority.signer({
        id: fileId("seal", id),
        commonName: name,
        organisation: name,
        ...(locality ? { locality } : {}),
      }),
    receipts: ({ name, taxCode }) =>
      authority.signer({
        id: fileId("receipts", taxCode || name),
        commonName: name,
        organisation: name,
        unit: "Biên lai điện tử",
      }),
  };
}

/** A name for the key's file that is the same on every start and cannot leave the folder. */
function fileId(role: string, id: string): string {
  return `${role}-${createHash("sha256").update(id.normalize("NFC")).digest("hex").slice(0, 24)}`;
}

async function refuse(): Promise<never> {
  throw new AppError("unavailable", { reason: "signer-not-configured" });
}

async function readRoots(folder: string): Promise<Uint8Array[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const pems = names.filter((name) => name.endsWith(".pem")).sort();
  return Promise.all(
    pems.map(async (name) => new Uint8Array(new X509Certificate(await readFile(path.join(folder, name))).raw)),
  );
}
