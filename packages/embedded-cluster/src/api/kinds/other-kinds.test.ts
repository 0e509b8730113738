import { expect, test } from "vitest"
import rows from "../../golden/other-kinds.json" with { type: "json" }
import { testApi } from "../test-api.ts"

interface Row {
  readonly method: "POST" | "PATCH" | "DELETE"
  readonly path: string
  readonly body?: object
  readonly status: number
  /** Of a refusal. */
  readonly message?: string
  /** The object, or the Status of a success. */
  readonly answer?: object
}

const VOLATILE = new Set(["uid", "resourceVersion", "creationTimestamp", "managedFields", "deletionTimestamp"])
const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Without what the server chooses; a uid inside of a text is `UID`. */
const lasting = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (VOLATILE.has(key) ? undefined : each)).replaceAll(UID, "UID"),
  )

/** One test, because the rows follow upon each other: what a PATCH changes an earlier POST has made. */
test("the kinds beside Services and pods are taken, defaulted and refused as a real server does", () => {
  const { send } = testApi()
  const ours = (rows as readonly Row[]).map(({ method, path, body }) => {
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json"
    const { status, body: given } = send(method, path, body, { "content-type": type })
    const told =
      status < 400 ? { answer: lasting(given) } : { message: (lasting(given) as { message: string }).message }
    return { method, path, ...(body === undefined ? {} : { body }), status, ...told }
  })
  expect(ours).toHaveLength(256)
  for (const [index, row] of ours.entries()) expect(row).toEqual((rows as readonly Row[])[index])
})
