import { expect, test } from "vitest"
import { messageBytes, questionLine, recordLine } from "./records.ts"

const answerFor = (name: string, data: string) =>
  ({
    server: "10.96.0.10",
    steps: [],
    rcode: "NOERROR",
    records: [{ name, ttl: 30, type: "A", data }],
  }) as const

test("columns and sizes are those of host -v against a recorded CoreDNS", () => {
  const roll = "roll.extra.svc.cluster.local."
  const kubernetes = "kubernetes.default.svc.cluster.local."
  expect(questionLine(roll, "A")).toBe(`;${roll}\tIN\tA\n`)
  expect(questionLine(kubernetes, "A")).toBe(`;${kubernetes} IN A\n`)
  expect(recordLine(answerFor(roll, "10.96.71.231").records[0])).toBe(`${roll} 30 IN\tA\t10.96.71.231\n`)
  expect(recordLine(answerFor(kubernetes, "10.96.0.1").records[0])).toBe(`${kubernetes} 30 IN A\t10.96.0.1\n`)
  expect(messageBytes(roll, answerFor(roll, "10.96.71.231"))).toBe(90)
  expect(messageBytes(kubernetes, answerFor(kubernetes, "10.96.0.1"))).toBe(106)
  expect(
    messageBytes("nosuch.extra.svc.cluster.local.", { ...answerFor("x", "y"), rcode: "NXDOMAIN", records: [] }),
  ).toBe(141)
})
