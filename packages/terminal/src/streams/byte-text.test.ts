import { array, assert, integer, property, uint8Array } from "fast-check"
import { expect, test } from "vitest"
import { byteLength, bytesOfText, createByteReader, textOfBytes } from "./byte-text.ts"

test("UTF-8 is read as its characters, and written as UTF-8", () => {
  expect([...bytesOfText("aä€🚢")]).toEqual([0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x9a, 0xa2])
  expect(textOfBytes(bytesOfText("aä€🚢\n"))).toBe("aä€🚢\n")
})

test("any bytes come back as they were, however they were cut", () =>
  assert(
    property(uint8Array({ maxLength: 200 }), array(integer({ min: 0, max: 200 }), { maxLength: 5 }), (bytes, cuts) => {
      const reader = createByteReader()
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
      const text = places.slice(1).map((place, index) => reader.read(bytes.subarray(places[index], place)))
      expect([...bytesOfText(text.join("") + reader.end())]).toEqual([...bytes])
    }),
    { seed: 11, numRuns: 300 },
  ))

test("a long text is read in one go", () => {
  const bytes = new Uint8Array(300_000).fill(0xc3)
  expect(byteLength(textOfBytes(bytes))).toBe(300_000)
})
