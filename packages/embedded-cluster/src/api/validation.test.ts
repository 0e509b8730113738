import { expect, test } from "vitest"
import kinds from "../golden/kind-validation.json" with { type: "json" }
import pods from "../golden/pod-validation.json" with { type: "json" }
import bases from "../golden/validation-bases.json" with { type: "json" }
import type { Json } from "./json-object.ts"
import { testApi } from "./test-api.ts"

/** What a 1.36.3 server said of a base object with values put at some paths; of a change to it when there is an `update`. */
interface Row {
  readonly base: string
  /** Values by path, as `spec.containers.0.name`; null takes away. */
  readonly set: Json
  readonly update?: Json
  readonly subresource?: string
  readonly status: number
  /** Of answers that name no fields. */
  readonly message?: string
  /** Reason without `FieldValue`, field, text. */
  readonly causes?: readonly (readonly string[])[]
}

type Mutable = Record<string, unknown>

const put = (object: unknown, values: Json): Mutable => {
  const out = JSON.parse(JSON.stringify(object)) as Mutable
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split(".")
    let at = out
    for (const [index, key] of keys.slice(0, -1).entries()) {
      at[key] ??= /^\d+$/.test(keys[index + 1] ?? "") ? [] : {}
      at = at[key] as Mutable
    }
    at[keys.at(-1) ?? ""] = value
  }
  return out
}

const answerOf = ({ base, set, update, subresource }: Row): { status: number; body: Json } => {
  const { path, object } = (bases as Readonly<Record<string, { path: string; object: Mutable }>>)[base] ?? { path: "" }
  const { send } = testApi()
  if (!update) return send("POST", `${path}?dryRun=All`, put(object, set))
  const made = send("POST", path, put(object, set))
  if (made.status >= 400) return { status: 0, body: made.body }
  const at = `${path}/base${subresource ? `/${subresource}` : ""}`
  return send("PUT", `${at}?dryRun=All`, put(send("GET", `${path}/base`).body, update))
}

interface Cause {
  readonly reason: string
  readonly field: string
  readonly message: string
}

const told = ({ status, body }: { status: number; body: Json }): Partial<Row> => {
  if (status < 400) return { status }
  const causes = (body.details as { causes?: readonly Cause[] } | undefined)?.causes
  return {
    status,
    ...(body.reason === "Invalid" && causes ? {} : { message: String(body.message) }),
    ...(causes
      ? { causes: causes.map(({ reason, field, message }) => [reason.replace(/^FieldValue/, ""), field, message]) }
      : {}),
  }
}

const refusesAsRecorded = (rows: readonly Row[]): void => {
  const differing = rows.flatMap((row) => {
    const { base, set, update, subresource, ...real } = row
    const ours = told(answerOf(row))
    return JSON.stringify(ours) === JSON.stringify(real) ? [] : [{ base, set, update, subresource, real, ours }]
  })
  expect(differing).toEqual([])
}

test("a bad pod is refused with a real server's causes, in its order", () => {
  refusesAsRecorded(pods as unknown as readonly Row[])
})

test("so is what is wrong with the other kinds, with changes and with a status", () => {
  refusesAsRecorded(kinds as unknown as readonly Row[])
})
