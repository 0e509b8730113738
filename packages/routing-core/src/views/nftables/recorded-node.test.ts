import { expect, test } from "vitest"
import { dumpedState } from "../../golden/dumped-state.ts"
import recordedText from "../../golden/nft-kind-worker.txt?raw"
import { compile } from "../../table/compile.ts"
import { linesText } from "../rule-line.ts"
import { nftablesRuleset } from "./ruleset.ts"

/** Blocks by their heads; elements of sets and maps sorted (nft lists them as they came, and breaks lines by place). */
const blocks = (text: string): Readonly<Record<string, readonly string[]>> => {
  const joined = text.replaceAll(/,\n\t\t\t {5}/g, ", ")
  const found: Record<string, readonly string[]> = {}
  for (const [, head = "", body = ""] of joined.matchAll(/^\t((?:set|map|chain) \S+) \{\n(.*?)^\t\}/gms))
    found[head] = body.split("\n").flatMap((line) => {
      const [, elements] = /^\t\telements = \{ (.*) \}$/.exec(line) ?? []
      return elements === undefined ? [line] : elements.split(", ").sort()
    })
  return found
}

test("[R17] [R20] [R29] the table of a real node is written as it was: every set, map, chain, name and rule", () => {
  const table = compile(dumpedState("nftables"))
  if (!table.ok) throw new Error(table.error.message)
  const written = linesText(nftablesRuleset(table.value, "kind-worker", "IPv4"))
  expect(blocks(written)).toEqual(blocks(recordedText))
  expect(Object.keys(blocks(recordedText)).length).toBeGreaterThan(50)
  expect(written.split("\n").slice(0, 9)).toEqual(recordedText.split("\n").slice(0, 9))
  expect(written.split("\n").length).toBe(recordedText.trimEnd().split("\n").length + 1)
})
