import type { KubeRequest, KubeResponse } from "@pilotage/kube-model"

type Headers = NonNullable<KubeRequest["headers"]>

/** A document that is the same for every cluster of this engine, with its ETag: made once, when first asked for. */
export interface KeptDocument {
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Calls `make` at most once for each key. */
export const kept = <Key, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
  const values = new Map<Key, { readonly value: Value }>()
  return (key) => {
    const known = values.get(key)
    if (known) return known.value
    const value = make(key)
    values.set(key, { value })
    return value
  }
}

/** The document, or 304 for a client that has it. */
export const answerKept = ({ etag, headers, body }: KeptDocument, asked: Headers): KubeResponse => {
  const quoted = JSON.stringify(etag)
  const has = (asked["if-none-match"] ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === quoted)
  const all = { ...headers, etag: quoted, vary: "Accept" }
  return has ? { status: 304, headers: all, body: "" } : { status: 200, headers: all, body }
}
