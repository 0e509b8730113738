import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"
import { der } from "./der.ts"

/** PEM texts. The certificate vouches for itself: clients trust exactly this one. */
export interface ServingCertificate {
  readonly key: string
  readonly certificate: string
}

const DAY_MS = 86_400_000
const VALID_DAYS = 397

const OID = {
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  subjectKeyIdentifier: "551d0e",
  keyUsage: "551d0f",
  subjectAltName: "551d11",
  basicConstraints: "551d13",
  extendedKeyUsage: "551d25",
  serverAuth: "2b06010505070301",
} as const

const extension = (oid: string, value: Buffer, ...critical: readonly Buffer[]): Buffer =>
  der.sequence(der.oid(oid), ...critical, der.octets(value))

const DNS_NAME = 2
const IP_ADDRESS = 7

const IPV4_LOOPBACK = Buffer.from([127, 0, 0, 1])
const IPV6_LOOPBACK = Buffer.from([...new Array(15).fill(0), 1])

/** digitalSignature and keyCertSign: bits 0 and 5 of nine. */
const KEY_USAGE = der.bits(Buffer.from([0b1000_0100]), 2)

const pem = (label: string, bytes: Buffer): string =>
  `-----BEGIN ${label}-----\n${bytes.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END ${label}-----\n`

/**
 * A new key, and a certificate for this machine's loopback names that is its own authority (RFC 5280). The key stays in
 * the process, so nobody can sign others with it. `now`: milliseconds since 1970.
 */
export const servingCertificate = (now: number): ServingCertificate => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const spki = publicKey.export({ type: "spki", format: "der" })
  const algorithm = der.sequence(der.oid(OID.ecdsaWithSha256))
  const name = der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.utf8("pilotage"))))
  const serial = randomBytes(16)
  // A positive number without a leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const body = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(serial),
    algorithm,
    name,
    der.sequence(der.time(now - DAY_MS), der.time(now + VALID_DAYS * DAY_MS)),
    name,
    spki,
    der.explicit(
      3,
      der.sequence(
        extension(OID.basicConstraints, der.sequence(der.yes), der.yes),
        extension(OID.keyUsage, KEY_USAGE, der.yes),
        extension(OID.extendedKeyUsage, der.sequence(der.oid(OID.serverAuth))),
        extension(OID.subjectKeyIdentifier, der.octets(createHash("sha1").update(spki).digest())),
        extension(
          OID.subjectAltName,
          der.sequence(
            der.implicit(DNS_NAME, Buffer.from("localhost")),
            der.implicit(IP_ADDRESS, IPV4_LOOPBACK),
            der.implicit(IP_ADDRESS, IPV6_LOOPBACK),
          ),
        ),
      ),
    ),
  )
  const certificate = der.sequence(body, algorithm, der.bits(sign("sha256", body, privateKey)))
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: pem("CERTIFICATE", certificate),
  }
}
