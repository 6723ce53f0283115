import { constants, createPrivateKey, type KeyObject, privateEncrypt } from "node:crypto";
import * as pkijs from "pkijs";

/**
 * Whatever can sign a hash: a key on the server (demo), a PKCS#11 token, a remote service, an HSM. Only the 32 bytes of
 * a SHA-256 leave the platform; the document does not.
 */
export interface Signer {
  /** The signer's certificate, DER */
  readonly certificateDer: Uint8Array;
  /** The issuing certificates up to and with the root, DER, nearest first */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: "rsa-sha256" | "ecdsa-sha256";
  /**
   * @param hash SHA-256 of what is signed, 32 bytes
   * @returns RSASSA-PKCS1-v1_5 signature, or the DER sequence (r, s) for ECDSA
   */
  sign(hash: Uint8Array): Promise<Uint8Array>;
}

/** What people read of a certificate. Missing attributes are empty strings. */
export interface CertificateSubject {
  /** CN: the person's full name, or the agency's name on a seal */
  readonly commonName: string;
  /** O */
  readonly organisation: string;
  /** OU */
  readonly unit: string;
}

// DigestInfo of RFC 8017 §9.2 for SHA-256; the padding is then RSA's own.
const SHA256_DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** A signer over an RSA key held in this process. For demo and tests; a production key never lies in a file. */
export function keySigner(options: {
  readonly privateKeyPem: string;
  readonly certificateDer: Uint8Array;
  readonly chain: readonly Uint8Array[];
}): Signer {
  const key: KeyObject = createPrivateKey(options.privateKeyPem);
  return {
    certificateDer: options.certificateDer,
    chain: options.chain,
    algorithm: "rsa-sha256",
    sign: async (hash) => {
      if (hash.length !== 32) throw new RangeError("a signer takes the 32 bytes of a SHA-256");
      return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_DIGEST_INFO, hash]));
    },
  };
}

/** Subject of a DER certificate. */
export function certificateSubject(certificateDer: Uint8Array): CertificateSubject {
  const certificate = pkijs.Certificate.fromBER(new Uint8Array(certificateDer).buffer as ArrayBuffer);
  const read = (type: string): string => {
    const found = certificate.subject.typesAndValues.find((item) => item.type === type);
    return found ? String(found.value.valueBlock.value).normalize("NFC") : "";
  };
  return { commonName: read("2.5.4.3"), organisation: read("2.5.4.10"), unit: read("2.5.4.11") };
}
