import { compile, trace } from "@pilotage/routing-core"
import fc from "fast-check"
import { expect, test } from "vitest"
import { shopNodes, shopPods, shopServices, shopSlices } from "../testing/running-shop.ts"
import { readCluster } from "./read-cluster.ts"

const SEED = 20_260_105

type Json = Record<string, unknown>

const dump = { apiVersion: "v1", kind: "List", items: [...shopNodes, ...shopPods, ...shopServices, ...shopSlices] }
/** The same objects as they would be written: what a cluster adds is missing, so they are simulated. */
const wish = {
  ...dump,
  items: [
    ...shopPods.map(({ status, ...pod }) => ({ ...pod, metadata: { ...pod.metadata, ownerReferences: [] } })),
    ...shopServices,
  ],
}

const pathsIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== "object" || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, child]) => pathsIn(child, [...path, key]))]

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as Json) }
  const child = (copy as Json)[key]
  ;(copy as Json)[key] = typeof child === "object" || rest.length === 0 ? replaced(child, rest, by) : by
  return copy
}

const oddValue = fc.oneof(
  fc.constantFrom(
    null,
    "",
    0,
    -1,
    1e9,
    1.5,
    true,
    [],
    {},
    [null],
    "None",
    "10.60.7.7",
    "fd00::1",
    "::",
    "a b",
    "\u0000",
  ),
  fc.string(),
  fc.double(),
)

const readText = (text: string) =>
  readCluster({ filename: ["-"] }, { folder: "/", env: {}, home: "/", stdin: async () => text, say: () => undefined })

for (const [name, start, runs] of [
  ["a dump", dump, 400],
  ["manifests", wish, 40],
] as const) {
  const paths = pathsIn(start)
  test(`${name} with odd values anywhere give a trace or an error that says where, and never throw`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(paths.length - 1), oddValue), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          const odd = changes.reduce<unknown>((value, [index, by]) => replaced(value, paths[index] ?? [], by), start)
          const read = await readText(JSON.stringify(odd))
          if (!read.ok) {
            expect(read.error.length).toBeGreaterThan(0)
            for (const { message, fix } of read.error) expect([message, fix]).not.toContain("")
            return
          }
          const table = compile(read.value.state)
          if (!table.ok) {
            expect(table.error.path).not.toBe("")
            return
          }
          const from = { kind: "pod", namespace: "shop", name: "client-5d8-c" } as const
          for (const to of ["web", "10.60.7.7", "192.168.7.2"])
            expect(trace(table.value, { from, to, port: 8000, protocol: "TCP" }).verdict).toBeTypeOf("string")
        },
      ),
      { seed: SEED, numRuns: runs },
    )
  }, 20_000)
}
