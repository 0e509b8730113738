import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isJson, type Json } from "../json-object.ts"
import { type TestApi, testApi } from "../test-api.ts"

/** Values by field; the fields are members of two maps, or a map and a list with keys. */
type Values = Readonly<Record<string, string>>

interface Subject {
  readonly path: string
  readonly config: (values: Values) => Json
  readonly read: (object: Json) => Values
  readonly isItem: (field: string) => boolean
  /** Where a field stands in fieldsV1. */
  readonly elements: (field: string) => readonly string[]
}

const part = (values: Values, prefix: string): Values =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, value]) => [field.slice(prefix.length), value]),
  )

/** Empty maps and lists are left out: applied by two, they would be a conflict of their own. */
const some = (key: string, value: object): Json => (Object.keys(value).length === 0 ? {} : { [key]: value })

const prefixed = (values: Json | undefined, prefix: string): Values =>
  Object.fromEntries(Object.entries(values ?? {}).map(([field, value]) => [`${prefix}${field}`, String(value)]))

const at = (object: unknown, ...keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[key], object)

const configMap: Subject = {
  path: "/api/v1/namespaces/demo/configmaps/m",
  config: (values) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "m", ...some("labels", part(values, "label:")) },
    ...some("data", part(values, "data:")),
    binaryData: { kept: "AAAA" },
  }),
  read: (object) => ({
    ...prefixed(object.data as Json, "data:"),
    ...prefixed(at(object, "metadata", "labels") as Json, "label:"),
  }),
  isItem: () => false,
  elements: (field) =>
    field.startsWith("data:") ? ["f:data", `f:${field.slice(5)}`] : ["f:metadata", "f:labels", `f:${field.slice(6)}`],
}

const POD = ["f:spec", "f:template", "f:spec", "f:containers", 'k:{"name":"c"}'] as const

const deployment: Subject = {
  path: "/apis/apps/v1/namespaces/demo/deployments/d",
  config: (values) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d", ...some("annotations", part(values, "label:")) },
    spec: {
      selector: { matchLabels: { app: "d" } },
      template: {
        metadata: { labels: { app: "d" } },
        spec: {
          containers: [
            {
              name: "c",
              image: "nginx:1.29",
              ...some(
                "env",
                Object.entries(part(values, "data:")).map(([name, value]) => ({ name, value })),
              ),
            },
          ],
        },
      },
    },
  }),
  read: (object) => {
    const env = (at(object, "spec", "template", "spec", "containers", 0, "env") ?? []) as readonly {
      readonly name: string
      readonly value?: string
    }[]
    return {
      ...Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[`data:${name}`, value]]))),
      ...prefixed(at(object, "metadata", "annotations") as Json, "label:"),
    }
  },
  isItem: (field) => field.startsWith("data:"),
  elements: (field) =>
    field.startsWith("data:")
      ? [...POD, "f:env", `k:{"name":"${field.slice(5)}"}`, "f:value"]
      : ["f:metadata", "f:annotations", `f:${field.slice(6)}`],
}

type Step =
  | { readonly kind: "apply"; readonly manager: string; readonly values: Values; readonly force: boolean }
  | { readonly kind: "update"; readonly manager: string; readonly values: Values }

const FIELDS = ["data:a", "data:b", "data:constructor", "label:x", "label:y"] as const
const values: fc.Arbitrary<Values> = fc.dictionary(fc.constantFrom(...FIELDS), fc.constantFrom("1", "2", "3"), {
  maxKeys: 4,
})
const managers = fc.constantFrom("ann", "bob", "cid")
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("apply" as const), manager: managers, values, force: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("update" as const), manager: managers, values }) },
  ),
  { minLength: 1, maxLength: 12 },
)

interface Field {
  /** Undefined: an item of a list that lost its value and still has its name. */
  readonly value: string | undefined
  readonly owners: ReadonlySet<string>
  /** Who owns the item of the list that the value is in; with none it goes, whoever owns the value. */
  readonly holders: ReadonlySet<string>
}

const minus = (set: ReadonlySet<string>, gone: string): ReadonlySet<string> =>
  new Set([...set].filter((each) => each !== gone))

/** What should be: the value of each field and who owns it, told without looking at how ownership is kept. */
class Model {
  readonly fields = new Map<string, Field>()
  readonly subject: Subject
  constructor(subject: Subject) {
    this.subject = subject
  }

  /** Whether the configuration changes what others own. */
  isContested({ manager, values: wanted }: Step): boolean {
    return Object.entries(wanted).some(([field, value]) => {
      const live = this.fields.get(field)
      return live !== undefined && live.value !== value && minus(live.owners, `Apply ${manager}`).size > 0
    })
  }

  play({ kind, manager, values: wanted }: Step): void {
    const self = `${kind === "apply" ? "Apply" : "Update"} ${manager}`
    // A PUT sends what has a value.
    if (kind === "update")
      for (const [field, { value }] of [...this.fields])
        if (value === undefined && !Object.hasOwn(wanted, field)) this.fields.delete(field)
    for (const [field, value] of Object.entries(wanted)) {
      const live = this.fields.get(field)
      const isSame = live?.value === value
      const holders = kind === "apply" || !live ? new Set([...(live?.holders ?? []), self]) : live.holders
      if (!isSame) this.fields.set(field, { value, owners: new Set([self]), holders })
      else if (kind === "apply") this.fields.set(field, { value, owners: new Set([...live.owners, self]), holders })
    }
    if (kind === "update") return
    for (const [field, live] of [...this.fields]) if (!Object.hasOwn(wanted, field)) this.drop(field, live, self)
  }

  private drop(field: string, { value, owners, holders }: Field, self: string): void {
    if (!owners.has(self) && !(this.subject.isItem(field) && holders.has(self))) return
    const left = { owners: minus(owners, self), holders: minus(holders, self) }
    if ((this.subject.isItem(field) ? left.holders : left.owners).size === 0) this.fields.delete(field)
    else this.fields.set(field, { ...left, value: left.owners.size === 0 ? undefined : value })
  }

  withValues(): ReadonlyMap<string, Field> {
    return new Map([...this.fields].filter(([, { value }]) => value !== undefined))
  }
}

const ownersIn = (object: Json, subject: Subject): ReadonlyMap<string, readonly string[]> => {
  const entries = (at(object, "metadata", "managedFields") ?? []) as readonly {
    readonly manager: string
    readonly operation: string
    readonly fieldsV1: Json
  }[]
  const owns = (fields: Json, elements: readonly string[]): boolean =>
    elements.reduce<unknown>(
      (below, each) => (isJson(below) && Object.hasOwn(below, each) ? below[each] : undefined),
      fields,
    ) !== undefined
  return new Map(
    FIELDS.map((field): [string, readonly string[]] => [
      field,
      entries
        .filter(({ fieldsV1 }) => owns(fieldsV1, subject.elements(field)))
        .map(({ operation, manager }) => `${operation} ${manager}`)
        .sort(),
    ]).filter(([, owners]) => owners.length > 0),
  )
}

const send = ({ send: ask }: TestApi, subject: Subject, step: Step, live: Values) => {
  const force = step.kind === "apply" && step.force ? "&force=true" : ""
  const path = `${subject.path}?fieldManager=${step.manager}${force}`
  if (step.kind === "apply")
    return ask("PATCH", path, subject.config(step.values), { "content-type": "application/apply-patch+yaml" })
  return ask("PUT", path, subject.config({ ...live, ...step.values }), { "content-type": "application/json" })
}

describe.each([
  ["members of maps", configMap],
  ["items of a list with keys", deployment],
])("managers who write at random: %s", (_, subject) => {
  test("own what they applied or changed, conflict over what others own alone, and leave nothing behind", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const api = testApi()
        const model = new Model(subject)
        for (const step of [{ kind: "apply", manager: "ann", values: {}, force: true } as Step, ...list]) {
          const before = api.send("GET", subject.path)
          const answer = send(api, subject, step, before.status === 200 ? subject.read(before.body) : {})
          const isRefused = step.kind === "apply" && !step.force && model.isContested(step)
          expect([answer.status >= 400, answer.body.reason]).toEqual(
            isRefused ? [true, "Conflict"] : [false, undefined],
          )
          if (isRefused) {
            expect(api.send("GET", subject.path).body).toEqual(before.body)
            continue
          }
          model.play(step)
          expect(subject.read(answer.body)).toEqual(
            Object.fromEntries([...model.withValues()].map(([f, { value }]) => [f, value])),
          )
          expect(ownersIn(answer.body, subject)).toEqual(
            new Map([...model.withValues()].map(([field, { owners }]) => [field, [...owners].sort()])),
          )
          expect(send(api, subject, step, subject.read(answer.body)).body).toEqual(answer.body)
        }
      }),
      { seed: 20260105, numRuns: 40 },
    )
  })
})
