import { describe, expect, test } from "vitest"
import { testApi } from "./test-api.ts"

const PODS = "/api/v1/namespaces/demo/pods"
const api = testApi()
for (const [name, labels] of [
  ["a", { app: "web", tier: "1" }],
  ["b", { app: "db", tier: "20" }],
  ["c", { in: "x" }],
] as const)
  api.send("POST", PODS, { metadata: { name, labels }, spec: { containers: [{ name: "c", image: "nginx" }] } })

const ask = (query: Readonly<Record<string, string>>) => {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  const { status, body } = api.send("GET", `${PODS}?${pairs.join("&")}`)
  if (status !== 200) return `${status} ${body.message}`
  return (body.items as readonly { readonly metadata: { readonly name: string } }[])
    .map(({ metadata }) => metadata.name)
    .join("")
}

describe("label selectors", () => {
  test.each([
    ["", "abc"],
    ["app=web", "a"],
    [" app == web , tier ", "a"],
    ["app!=web", "bc"],
    ["app in (web,db),tier notin (1)", "b"],
    ["app in ()", ""],
    ["!app", "c"],
    ["tier>3", "b"],
    ["tier<3", "a"],
    ["in", "c"],
    ["app=", ""],
    ["toString", ""],
  ])("%j select %j", (labelSelector, found) => {
    expect(ask({ labelSelector })).toBe(found)
  })

  test.each([
    ["a===b", "unable to parse requirement: found '=', expected: identifier"],
    ["=x", "found '=', expected: !, identifier, or 'end of string'"],
    ["a,", "found '', expected: identifier after ','"],
    ["a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ["a=b c", "found 'c', expected: ',' or 'end of string'"],
    ["a in b", "unable to parse requirement: found 'b' expected: '('"],
    ["a in (b", "unable to parse requirement: found '', expected: ',' or ')'"],
    [
      "a>b",
      "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [
      "a=-",
      "unable to parse requirement: values[0][a]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    [
      "-=b",
      "unable to parse requirement: <nil>: Invalid value: \"-\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ])("%j is refused", (labelSelector, message) => {
    expect(ask({ labelSelector })).toBe(`400 ${message}`)
  })
})

describe("field selectors", () => {
  test.each([
    ["metadata.name=a", "a"],
    ["metadata.name!=a,metadata.namespace==demo,", "bc"],
    ["status.phase=Pending,spec.nodeName=", "abc"],
    ["metadata.name=\\,", ""],
  ])("%j select %j", (fieldSelector, found) => {
    expect(ask({ fieldSelector })).toBe(found)
  })

  test.each([
    ["name", "invalid selector: 'name'; can't understand 'name'"],
    ["metadata.name=a=b", "invalid field selector: unescaped character in value: 61"],
    ["metadata.name=\\b", "invalid field selector: invalid escape sequence: \\b"],
    ["spec.foo=x", "field label not supported: spec.foo"],
    ["constructor=x", "field label not supported: constructor"],
  ])("%j is refused", (fieldSelector, message) => {
    expect(ask({ fieldSelector })).toBe(`400 ${message}`)
  })
})
