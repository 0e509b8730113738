import { expect, test } from "vitest"
import { isForUs, isFromOwnPage } from "./origin-check.ts"

test.each([
  ["our own page", { host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }, true],
  ["a program without a browser", { host: "localhost:3000" }, true],
  ["a page elsewhere", { host: "localhost:3000", origin: "https://evil.example" }, false],
  ["a page on another port of this machine", { host: "localhost:3000", origin: "http://localhost:8080" }, false],
  ["a page elsewhere that hides its origin", { host: "localhost:3000", "sec-fetch-site": "cross-site" }, false],
  ["a sandboxed page", { host: "localhost:3000", origin: "null" }, false],
])("%s: %j", (_name, headers, own) => {
  expect(isFromOwnPage({ headers })).toBe(own)
})

test.each([
  ["localhost:3000", true],
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["LOCALHOST", true],
  ["evil.example:3000", false],
  ["localhost.evil.example:3000", false],
  ["localhost@evil.example", false],
  ["192.168.1.7:3000", false],
  ["not a host", false],
  ["pilotage.school.example", true],
  [undefined, false],
])("a request for the host %s is for us: %s", (host, own) => {
  expect(isForUs({ headers: host === undefined ? {} : { host } }, ["pilotage.school.example"])).toBe(own)
})
