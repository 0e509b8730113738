import { createPrivateKey, X509Certificate } from "node:crypto"
import { expect, test } from "vitest"
import { servingCertificate } from "./serving-certificate.ts"

const NOW = Date.UTC(2026, 0, 5)

test("a certificate is for this machine's loopback names alone, signed by itself, and its key fits", () => {
  const { key, certificate } = servingCertificate(NOW)
  const read = new X509Certificate(certificate)
  expect(read.checkIP("127.0.0.1")).toBe("127.0.0.1")
  expect(read.checkIP("::1")).toBe("::1")
  expect(read.checkHost("localhost")).toBe("localhost")
  expect(read.checkHost("example.com")).toBeUndefined()
  expect(read.checkIP("127.0.0.2")).toBeUndefined()
  expect(read.verify(read.publicKey)).toBe(true)
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true)
  expect(read.checkIssued(read)).toBe(true)
})

test("it is valid from the day before, for clocks that go slow, and a year on", () => {
  const read = new X509Certificate(servingCertificate(NOW).certificate)
  expect(read.validFromDate).toEqual(new Date(Date.UTC(2026, 0, 4)))
  expect(read.validToDate.getTime() - NOW).toBeGreaterThan(365 * 86_400_000)
})

test("a hundred certificates all can be read, with serial numbers of their own", () => {
  const serials = Array.from(
    { length: 100 },
    () => new X509Certificate(servingCertificate(NOW).certificate).serialNumber,
  )
  expect(new Set(serials).size).toBe(100)
})
