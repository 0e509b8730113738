import fc from "fast-check"
import { expect, test } from "vitest"
import { parseJsonText } from "./json-text.ts"

test("any JSON text is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(0, 2), (text, indent) => {
      fc.pre(!text.includes("__proto__"))
      const value: unknown = JSON.parse(text)
      expect(parseJsonText(JSON.stringify(value, null, indent))).toEqual({ ok: true, value: { value, duplicates: [] } })
    }),
    { numRuns: 1000, seed: 20260108 },
  )
})

test("any text is accepted exactly when JSON.parse accepts it", () => {
  const accepts = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"\\u0041"',
    '"\\x"',
    "1",
    "-",
    "01",
    "1e5",
    "true",
    "nul",
    " ",
    "\n",
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join("")
      expect(parseJsonText(text).ok).toBe(accepts(text))
    }),
    { numRuns: 5000, seed: 20260109 },
  )
})

test("keys that are given twice are told with their place, the last value counts", () => {
  expect(parseJsonText('{"spec":{"ports":[{"port":80,"port":81}]}}')).toEqual({
    ok: true,
    value: { value: { spec: { ports: [{ port: 81 }] } }, duplicates: ["spec.ports[0].port"] },
  })
})

test.each([
  ["", "unexpected end of JSON input"],
  ["{nope", "invalid character 'n' looking for beginning of object key string"],
  ["[1 2]", "invalid character '2' after array element"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ["1 2", "invalid character '2' after top-level value"],
])("%j is refused in Go's words", (text, message) => {
  expect(parseJsonText(text)).toEqual({ ok: false, error: message })
})
