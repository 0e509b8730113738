import fc from "fast-check"
import { expect, test } from "vitest"
import { toYaml } from "./emit.ts"
import { parseManifest } from "./parse.ts"

const read = (source: string): unknown => {
  const parsed = parseManifest(source)
  return parsed.ok ? parsed.documents[0] : parsed.message
}

test("keys are sorted, lists stand under their key, what is no string is quoted when it was one", () => {
  const object = {
    spec: { ports: [{ port: 80, name: "http" }], replicas: "3", empty: [], none: {} },
    apiVersion: "v1",
    metadata: { labels: { on: "yes", "a/b": "x: y" }, time: "2026-11-21T02:14:12Z" },
  }
  expect(toYaml(object)).toBe(
    [
      "apiVersion: v1",
      "metadata:",
      "  labels:",
      "    a/b: 'x: y'",
      '    "on": "yes"',
      '  time: "2026-11-21T02:14:12Z"',
      "spec:",
      "  empty: []",
      "  none: {}",
      "  ports:",
      "  - name: http",
      "    port: 80",
      '  replicas: "3"',
      "",
    ].join("\n"),
  )
})

test("texts of several lines are blocks", () => {
  expect(toYaml({ a: "one\n  two\n", b: "one\ntwo" })).toBe("a: |\n  one\n    two\nb: |-\n  one\n  two\n")
})

test("what was printed reads back the same", () => {
  const key = fc.string({ minLength: 1, maxLength: 12 })
  const leaf = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[-+.:0-9eExo_ynYNofT~]{0,8}$/),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.stringMatching(/^[ a-c#]{0,6}$/), { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n")),
  )
  const value = fc.letrec((tie) => ({
    node: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("node")), fc.dictionary(key, tie("node"))),
  })).node
  fc.assert(
    fc.property(
      fc.dictionary(
        key.filter((each) => each !== "<<" && each !== "__proto__"),
        value,
        { minKeys: 1 },
      ),
      (object) => {
        expect(read(toYaml(object))).toEqual(JSON.parse(JSON.stringify(object)))
      },
    ),
    { seed: 20260105, numRuns: 80 },
  )
})

test("booleans are YAML 1.1's, times and base-60 numbers stay texts", () => {
  expect(read("a: yes\nb: off\nc: 'no'\nd: 2026-01-05\ne: 1:30\nf: 0755\ng: .5\nh: .")).toEqual({
    a: true,
    b: false,
    c: "no",
    d: "2026-01-05",
    e: "1:30",
    f: 493,
    g: 0.5,
    h: ".",
  })
})

test("documents are split, empty ones left out, and a mistake keeps the ones before it", () => {
  const parsed = parseManifest("# head\n---\nkind: A\n---\n---\nkind: B\n---\nkind: C\n x: y\n")
  expect(parsed).toEqual({
    ok: false,
    documents: [{ kind: "A" }, { kind: "B" }],
    message: "error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context",
  })
})

test("mistakes are told in libyaml's words with their line", () => {
  expect(read("apiVersion: v1\nkind: Service\n metadata:\n  name: x\n")).toBe(
    "error converting YAML to JSON: yaml: line 3: mapping values are not allowed in this context",
  )
  expect(read("apiVersion: v1\nkind: Service\nmetadata:\n\tname: x\n")).toBe(
    "error converting YAML to JSON: yaml: line 4: found character that cannot start any token",
  )
})
