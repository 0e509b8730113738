import type { Subresource } from "../discovery/verbs.ts"
import { capital, type Operation, operation, readAndWrite, schemaNameOf, type Words } from "./operations.ts"
import { CONNECTION, WRITE } from "./parameters.ts"

const CONNECT_METHODS: Readonly<Record<string, readonly Operation["method"][]>> = {
  proxy: ["get", "put", "post", "delete", "options", "head", "patch"],
}

/** What the methods of a subresource do; `words` are those of its resource. */
export const subresourceOperations = (words: Words, sub: Subresource): readonly Operation[] => {
  const { info } = words
  const group = sub.group ?? info.group
  const version = sub.version ?? info.version
  const gvk = { group, version, kind: sub.kind }
  const schema = schemaNameOf(gvk)
  const inner: Words = { ...words, gvk, schema }
  const subject = `${info.kind}${capital(sub.name)}`
  const { answer: _, ...text } = operation(inner, "get", "read", {
    subject,
    text: `read ${sub.name} of the specified ${info.kind}`,
  })
  if (sub.name === "log") return [text]
  if (CONNECTION[sub.name])
    return (CONNECT_METHODS[sub.name] ?? ["get", "post"]).map((method) => ({
      ...text,
      method,
      id: `connect${words.prefix.replace(/(Namespaced)?$/, `${capital(method)}$1`)}${subject}`,
      action: "connect",
      description: `connect ${method.toUpperCase()} requests to ${sub.name} of ${info.kind}`,
      codes: [200],
    }))
  const create = operation(inner, "post", "create", {
    subject,
    text: `create ${sub.name} of a ${info.kind}`,
    body: schema,
    parameters: WRITE,
  })
  return [
    ...readAndWrite(inner, subject, `${sub.name} of `, sub.verbs),
    ...(sub.verbs.includes("create") ? [create] : []),
  ]
}
