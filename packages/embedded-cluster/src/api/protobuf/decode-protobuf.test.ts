import fc from "fast-check"
import { describe, expect, test } from "vitest"
import kubectlBodies from "../../golden/protobuf-bodies.json" with { type: "json" }
import serverObjects from "../../golden/protobuf-objects.json" with { type: "json" }
import { bytesOfBase64, message, type Part, protobufBody, varint } from "../../testing/protobuf-bytes.ts"
import { decodeProtobuf } from "./decode-protobuf.ts"

const decoded = (bytes: Uint8Array): unknown => {
  const result = decodeProtobuf(bytes, { apiVersion: "", kind: "" })
  return result.ok ? result.value : result.error.message
}

const configMap = (...parts: readonly Part[]): unknown => decoded(protobufBody("v1", "ConfigMap", message(...parts)))
const pod = (...spec: readonly Part[]): unknown => decoded(protobufBody("v1", "Pod", message([2, spec])))

describe("what kubectl sends in protobuf is the object that the same command prints with --dry-run=client -o json", () => {
  test.each(kubectlBodies)("$command", ({ body, json }) => {
    expect(decoded(bytesOfBase64(body))).toEqual(json)
  })
})

/** The types of a StatefulSet's claim templates are not sent in protobuf; a server knows them anyhow. */
const withoutClaimTypes = (json: object): unknown =>
  JSON.parse(JSON.stringify(json).replaceAll('"kind":"PersistentVolumeClaim","apiVersion":"v1",', ""))

describe("what a server writes in protobuf says what it writes in JSON", () => {
  test.each(serverObjects)("$path", ({ body, json }) => {
    expect(decoded(bytesOfBase64(body))).toEqual(withoutClaimTypes(json))
  })
})

describe("the wire", () => {
  test("numbers in a list may be packed or not", () => {
    const groups = { spec: { securityContext: { supplementalGroups: [7, 300, 0] } }, apiVersion: "v1", kind: "Pod" }
    expect(pod([14, [[4, [7, ...varint(300), 0]]]])).toEqual(groups)
    expect(
      pod([
        14,
        [
          [4, 7],
          [4, 300],
          [4, 0],
        ],
      ]),
    ).toEqual(groups)
  })

  test("a negative int32 and an int64 come in ten bytes", () => {
    const minusFive = [0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
    const priority = [...varint(25 * 8), ...minusFive]
    const grace = [...varint(4 * 8), ...minusFive]
    const body = protobufBody("v1", "Pod", message([2, [...priority, ...grace]]))
    expect(decoded(body)).toMatchObject({ spec: { priority: -5, terminationGracePeriodSeconds: -5 } })
  })

  test("a message that comes twice is merged, a scalar that comes twice counts last", () => {
    expect(
      configMap(
        [
          1,
          [
            [1, "first"],
            [3, "shop"],
          ],
        ],
        [1, [[1, "second"]]],
      ),
    ).toMatchObject({
      metadata: { name: "second", namespace: "shop" },
    })
  })

  test("an entry of a map may lack its key or its value, and the last of a key counts", () => {
    expect(
      configMap(
        [2, [[1, "a"]]],
        [2, [[2, "b"]]],
        [
          2,
          [
            [1, "c"],
            [2, "1"],
          ],
        ],
        [
          2,
          [
            [1, "c"],
            [2, "2"],
          ],
        ],
      ),
    ).toMatchObject({ data: { a: "", "": "b", c: "2" } })
  })

  test("fields that the type does not have are passed over, groups in groups too", () => {
    const group = [...varint(900 * 8 + 3), ...varint(901 * 8 + 3), ...varint(901 * 8 + 4), ...varint(900 * 8 + 4)]
    const fixed = [...varint(902 * 8 + 1), 1, 2, 3, 4, 5, 6, 7, 8, ...varint(903 * 8 + 5), 1, 2, 3, 4]
    const raw = [...group, ...fixed, ...message([904, 1], [905, "text"], [1, [[1, "web"]]])]
    expect(decoded(protobufBody("v1", "ConfigMap", raw))).toMatchObject({ metadata: { name: "web" } })
  })

  test("text that is no UTF-8 gets U+FFFD for each byte that fits nowhere", () => {
    const text = (bytes: readonly number[]) =>
      configMap([
        2,
        [
          [1, "k"],
          [2, bytes],
        ],
      ])
    const data = (k: string) => ({ apiVersion: "v1", kind: "ConfigMap", data: { k } })
    expect(text([0xff, 0x41])).toEqual(data("\ufffdA"))
    expect(text([0xc3])).toEqual(data("\ufffd"))
    expect(text([0xe2, 0x82, 0x41])).toEqual(data("\ufffd\ufffdA"))
    expect(text([0xed, 0xa0, 0x80])).toEqual(data("\ufffd\ufffd\ufffd"))
    expect(text([0xc0, 0x80, 0xf0, 0x9f, 0x99, 0x82])).toEqual(data("\ufffd\ufffd🙂"))
  })

  test("__proto__ as a key is refused", () => {
    expect(
      configMap([
        2,
        [
          [1, "__proto__"],
          [2, "x"],
        ],
      ]),
    ).toBe('the key "__proto__" is not allowed')
  })

  test("an impossible time, type of IntOrString or piece of JSON is refused", () => {
    expect(configMap([1, [[9, [[1, 2 ** 45]]]]])).toBe("Time is beyond the years 1 to 9999")
    expect(configMap([1, [[17, [[7, [[1, "{x"]]]]]]])).toMatch("json parse error")
    const ports: Part = [2, [[1, [[4, [[1, 5]]]]]]]
    expect(decoded(protobufBody("v1", "Service", message(ports)))).toBe("impossible IntOrString.Type")
  })
})

describe("bytes that are no message", () => {
  const bodies = [...kubectlBodies, ...serverObjects].map(({ body }) => bytesOfBase64(body))

  test("a body that ends early is refused or is an object, wherever it ends", () => {
    for (const body of bodies)
      for (let end = 0; end < body.length; end += 1)
        expect(typeof decoded(body.subarray(0, end))).toMatch(/^(string|object)$/)
  })

  test("whatever bytes are changed, put in or repeated, the answer is an answer", () => {
    const change = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.uint8Array({ maxLength: 12 }) })
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.array(change, { minLength: 1, maxLength: 4 }), (body, changes) => {
        const changed = changes.reduce((bytes, { at, remove, insert }) => {
          const place = at % bytes.length
          return Uint8Array.from([...bytes.subarray(0, place), ...insert, ...bytes.subarray(place + remove), 0])
        }, body)
        expect(typeof decoded(changed)).toMatch(/^(string|object)$/)
      }),
      { numRuns: 5000, seed: 20260108 },
    )
  })

  test("a message inside a message inside a message asks no more of the stack than its types are deep", () => {
    const deep = Array.from({ length: 2000 }).reduce<number[]>((inner) => message([1, inner.slice(0, 60_000)]), [10, 0])
    expect(typeof decoded(protobufBody("v1", "ConfigMap", deep))).toMatch(/^(string|object)$/)
    const groups = Array.from({ length: 200_000 }, () => 0x7b)
    expect(decoded(protobufBody("v1", "ConfigMap", groups))).toBe("unexpected EOF")
  })
})

describe("a definition's schema", () => {
  const schemaOf = (schema: readonly number[]): unknown => {
    const definition = message([2, [[7, message([4, message([1, schema])])]]])
    return decoded(protobufBody("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition))
  }
  const withSchema = (openAPIV3Schema: object) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    spec: { versions: [{ schema: { openAPIV3Schema } }] },
  })

  test("says one thing or another without a name: a schema or a list of them, a schema or a boolean, a schema or names", () => {
    const text = message([5, "string"])
    const both: readonly Part[] = [
      [24, message([1, text])],
      [30, message([1, 1], [2, text])],
      [33, message([1, 0])],
      [32, message([1, "a"], [2, message([2, "b"])])],
    ]
    expect(schemaOf(message(...both))).toEqual(
      withSchema({
        items: { type: "string" },
        additionalProperties: { type: "string" },
        additionalItems: false,
        dependencies: { a: ["b"] },
      }),
    )
    expect(schemaOf(message([24, message([2, text], [2, text])]))).toEqual(
      withSchema({ items: [{ type: "string" }, { type: "string" }] }),
    )
  })

  test("has numbers with a fraction, values of any kind, and marks of Kubernetes", () => {
    const half = [9 * 8 + 1, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f]
    expect(
      schemaOf([...message([2, "s"], [8, message([1, '{"a":[1]}'])]), ...half, ...message([38, 1], [13, 0])]),
    ).toEqual(
      withSchema({
        $schema: "s",
        default: { a: [1] },
        maximum: 0.5,
        "x-kubernetes-preserve-unknown-fields": true,
        maxLength: 0,
      }),
    )
  })

  test("is no deeper than JSON may be", () => {
    let deep = message([5, "string"])
    for (let level = 0; level < 200; level += 1) deep = [...varint(28 * 8 + 2), ...varint(deep.length), ...deep]
    expect(schemaOf(deep)).toContain("exceeded max depth")
  })
})
