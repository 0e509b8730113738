import { expect, test } from "vitest"
import { matchesSelector, parseLabelQuery, selectsPods } from "./selectors.ts"

const WEB = { app: "web", tier: "front" }

const query = (text: string) => {
  const parsed = parseLabelQuery(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

test("a Service's selector: all pairs must match, and an empty one selects nothing", () => {
  expect(selectsPods({ app: "web" }, WEB)).toBe(true)
  expect(selectsPods({ app: "web", tier: "back" }, WEB)).toBe(false)
  expect(selectsPods({}, WEB)).toBe(false)
  expect(selectsPods(undefined, WEB)).toBe(false)
  expect(selectsPods({ app: "web" }, undefined)).toBe(false)
})

test("labels that every object inherits are no labels", () => {
  expect(selectsPods({ toString: "x" }, {})).toBe(false)
  expect(query("toString")({})).toBe(false)
  expect(query("!constructor")({})).toBe(true)
})

test("a LabelSelector: absent selects nothing, empty everything", () => {
  expect(matchesSelector(undefined, WEB)).toBe(false)
  expect(matchesSelector({}, WEB)).toBe(true)
  expect(matchesSelector({}, undefined)).toBe(true)
  expect(
    matchesSelector({ matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "Exists" }] }, WEB),
  ).toBe(true)
  expect(matchesSelector({ matchExpressions: [{ key: "tier", operator: "DoesNotExist" }] }, WEB)).toBe(false)
  expect(matchesSelector({ matchExpressions: [{ key: "app", operator: "In", values: ["db", "web"] }] }, WEB)).toBe(true)
  expect(matchesSelector({ matchExpressions: [{ key: "app", operator: "In" }] }, WEB)).toBe(false)
  expect(matchesSelector({ matchExpressions: [{ key: "zone", operator: "NotIn", values: ["a"] }] }, WEB)).toBe(true)
})

test.each([
  ["app=web", true],
  ["app==web", true],
  ["app = web , tier = front", true],
  ["app!=web", false],
  ["zone!=a", true],
  ["app in (db, web)", true],
  ["app in (db,cache),tier", false],
  ["tier notin (back)", true],
  ["zone notin (a)", true],
  ["app", true],
  ["!app", false],
  ["!zone", true],
  ["empty=", false],
  ["", true],
  ["  ", true],
  ["example.com/name", false],
])("-l %s on app=web,tier=front: %s", (text, expected) => {
  expect(query(text)(WEB)).toBe(expected)
})

test("an empty value is a value", () => {
  expect(query("canary=")({ canary: "" })).toBe(true)
  expect(query("a in (x,)")({ a: "" })).toBe(true)
})

test("text that is no selector is refused and named", () => {
  for (const text of ["app=web,", "=web", "app in web", "app in (a", "a b", "app=web=x", "!", "app>(a)"])
    expect(parseLabelQuery(text).ok, text).toBe(false)
  expect(parseLabelQuery("app=web,=x")).toEqual({ ok: false, error: 'unable to parse requirement: "=x"' })
})
