import { describe, expect, test } from "vitest"
import { gateFor } from "./gate.ts"

const refuse = gateFor("pass")
const status = (headers: Parameters<typeof refuse>[0]) => refuse(headers)?.status
const authorization = "Bearer pass"

describe("the gate", () => {
  test.each(["127.0.0.1:6443", "localhost:6443", "[::1]:6443", "LOCALHOST", "127.0.0.1"])("opens to %s", (host) =>
    expect(status({ host, authorization })).toBeUndefined(),
  )

  test.each([
    "evil.example:6443",
    "127.0.0.1.evil.example",
    "localhost.evil.example:6443",
    "10.0.0.1:6443",
    "evil.example#127.0.0.1",
    "",
  ])("is closed to the Host %j, as a page sends it whose own name was made to point here", (host) =>
    expect(status({ host, authorization })).toBe(403),
  )

  test.each(["https://evil.example", "null", "http://127.0.0.1:6443", "https://127.0.0.1:9999", ""])(
    "is closed to pages of the origin %j",
    (origin) => expect(status({ host: "127.0.0.1:6443", origin, authorization })).toBe(403),
  )

  test("lets pages of its own origin in", () =>
    expect(status({ host: "127.0.0.1:6443", origin: "https://127.0.0.1:6443", authorization })).toBeUndefined())

  test.each([
    undefined,
    "",
    "pass",
    "Bearer",
    "Bearer ",
    "Bearer pas",
    "Bearer pass1",
    "Basic pass",
    "Bearer Bearer pass",
  ])("wants the token, not %j", (given) =>
    expect(refuse({ host: "localhost", ...(given === undefined ? {} : { authorization: given }) })).toMatchObject({
      status: 401,
      body: { kind: "Status", reason: "Unauthorized", message: "Unauthorized", code: 401 },
    }),
  )

  test("does not say whether the token was right before it knows who asks", () =>
    expect(status({ host: "evil.example" })).toBe(403))
})
