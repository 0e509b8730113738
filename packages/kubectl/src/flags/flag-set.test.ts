import { expect, test } from "vitest"
import { type FlagSpec, parseFlags } from "./flag-set.ts"

const SPECS: readonly FlagSpec[] = [
  { name: "output", short: "o", kind: "string" },
  { name: "selector", short: "l", kind: "string" },
  { name: "all-namespaces", short: "A", kind: "bool" },
  { name: "watch", short: "w", kind: "bool" },
  { name: "filename", short: "f", kind: "list" },
  { name: "replicas", kind: "int", default: "1" },
  { name: "timeout", kind: "duration", default: "30s" },
  { name: "dry-run", kind: "string", default: "none", implied: "unchanged" },
]

const parse = (line: string) => parseFlags(line.split(" "), SPECS, "get")

test("values may follow an equals sign, a space or a short letter at once", () => {
  for (const line of ["pods -o yaml", "pods -oyaml", "pods -o=yaml", "pods --output yaml", "--output=yaml pods"]) {
    const { flags, args } = parse(line)
    expect([flags.text("output"), args]).toEqual(["yaml", ["pods"]])
  }
  expect(parse("pods -lapp=x").flags.text("selector")).toBe("app=x")
})

test("short switches may stand together, the last may take a value", () => {
  const { flags } = parse("pods -Awl app=web")
  expect([flags.bool("all-namespaces"), flags.bool("watch"), flags.text("selector")]).toEqual([true, true, "app=web"])
})

test("lists gather commas and repetitions, durations are milliseconds", () => {
  const { flags } = parse("x -f a.yaml,b.yaml -f c.yaml --timeout=1m30s")
  expect(flags.list("filename")).toEqual(["a.yaml", "b.yaml", "c.yaml"])
  expect(flags.number("timeout")).toBe(90_000)
  expect(flags.number("replicas")).toBe(1)
})

test("a flag with an implied value does not take the next word", () => {
  const { flags, args } = parse("--dry-run pods")
  expect([flags.text("dry-run"), args]).toEqual(["unchanged", ["pods"]])
})

test("words after -- are arguments, whatever they look like", () => {
  expect(parse("one -w -- ls -l")).toMatchObject({ args: ["one", "ls", "-l"], dash: 1 })
})

test("mistakes are told in pflag's words", () => {
  const hint = "\nSee 'kubectl get --help' for usage."
  expect(() => parse("pods --colour")).toThrow(`error: unknown flag: --colour${hint}`)
  expect(() => parse("pods -wz")).toThrow(`error: unknown shorthand flag: 'z' in -z${hint}`)
  expect(() => parse("pods -o")).toThrow(`error: flag needs an argument: 'o' in -o${hint}`)
  expect(() => parse("pods --replicas=two")).toThrow(
    `error: invalid argument "two" for "--replicas" flag: strconv.ParseInt: parsing "two": invalid syntax${hint}`,
  )
})
