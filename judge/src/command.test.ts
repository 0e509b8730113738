import { expect, test } from "vitest"
import { caseFolder, judged } from "./testing/case-folder.ts"
import { FLOWS, proxyWorld } from "./testing/proxy-rows.ts"

test("a folder whose cases all agree is told file by file, and ends with 0", () => {
  const folder = caseFolder({ "proxy-iptables-random.json": [{ ...proxyWorld("iptables"), flows: FLOWS }] })
  expect(judged(folder)).toEqual({ exit: 0, out: "proxy-iptables-random.json  4/4", err: "" })
})

test("a disagreement is told with its id, what was expected and what we say, and ends with 1", () => {
  const wrong = ["10.0.0.2", "TCP", "172.30.0.41", 80, "10.180.0.9:8080", false]
  const folder = caseFolder({ "proxy-iptables-x.json": [{ ...proxyWorld("iptables"), flows: [wrong, ...FLOWS] }] })
  const { exit, out } = judged(folder)
  expect(exit).toBe(1)
  expect(out.split("\n")).toEqual([
    "proxy-iptables-x.json  4/5",
    "    small#0 10.0.0.2 -> TCP 172.30.0.41:80",
    "        expected 10.180.0.9:8080",
    "        we say   10.180.0.1:8080",
  ])
})

test("--limit shows so many disagreements of a file and says how many more there are", () => {
  const wrong = [FLOWS[3], FLOWS[3]].map((flow) => [...(flow ?? []).slice(0, 4), "REJECT", null])
  const folder = caseFolder({ "proxy-iptables-x.json": [{ ...proxyWorld("iptables"), flows: wrong }] })
  const { out } = judged(folder, "--limit", "1")
  expect(out).toContain("small#0")
  expect(out).not.toContain("small#1")
  expect(out).toContain("and 1 more (--limit 2 shows them all)")
})

test("-o json gives the same as data", () => {
  const folder = caseFolder({
    "proxy-iptables-x.json": [{ ...proxyWorld("iptables"), flows: FLOWS }],
    "traces.json": [],
  })
  expect(JSON.parse(judged(folder, "-o", "json").out)).toEqual({
    folder,
    files: [{ file: "proxy-iptables-x.json", agree: 4, total: 4, environment: [], notJudged: [], disagreements: [] }],
    notJudged: ["traces.json"],
    errors: [],
  })
})

test("--file chooses by a part of the name, with * for anything; files that nobody judges are named", () => {
  const rows = [{ ...proxyWorld("nftables"), flows: FLOWS.slice(0, 1) }]
  const folder = caseFolder({ "proxy-nftables-a.json": rows, "proxy-nftables-b.json": rows, "traces.json": [] })
  expect(judged(folder, "--file", "nft*-b").out).toBe("proxy-nftables-b.json  1/1")
  expect(judged(folder, "--file", "trac").out).toBe("not judged yet: traces.json")
  expect(judged(folder, "--file", "nothing")).toMatchObject({
    exit: 2,
    err: `${folder}: no case file's name has nothing in it`,
  })
})

test("a folder that is not there, or holds no cases, is told and ends with 2", () => {
  const folder = caseFolder({})
  expect(judged(`${folder}/none`)).toEqual({
    exit: 2,
    out: "",
    err: `${folder}/none: there is no such folder; name one that holds case files`,
  })
  expect(judged(folder)).toMatchObject({ exit: 2, err: expect.stringContaining("there are no case files") })
})

test("a malformed file is told with path and line, and ends with 2", () => {
  const broken = caseFolder({ "proxy-iptables-x.json": '[\n {"id": "a",\n  "mode" "iptables"}\n]' })
  expect(judged(broken)).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/proxy-iptables-x\.json:3: Expected ':'/),
  })
  const cut = caseFolder({ "proxy-iptables-x.json": '[\n {"id": "a"},\n' })
  expect(judged(cut)).toMatchObject({ exit: 2, err: expect.stringMatching(/proxy-iptables-x\.json:2: Unexpected end/) })
  const odd = caseFolder({ "proxy-iptables-x.json": [{ ...proxyWorld("iptables"), mode: "ebpf", flows: [] }] })
  expect(judged(odd).err).toMatch(/proxy-iptables-x\.json:4: \[0\]\.mode: .*iptables/)
})

test("one malformed file keeps nobody from judging the others, and the end is still 2", () => {
  const folder = caseFolder({
    "proxy-iptables-a.json": "{",
    "proxy-iptables-b.json": [{ ...proxyWorld("iptables"), flows: FLOWS }],
  })
  const { exit, out, err } = judged(folder)
  expect({ exit, out }).toEqual({ exit: 2, out: "proxy-iptables-b.json  4/4" })
  expect(err).toMatch(/proxy-iptables-a\.json:1: /)
})

test("what only the engine finds odd is told with the line of the object, too", () => {
  const world = proxyWorld("iptables")
  const services = [{ ...world.services[0], spec: { ports: "none" } }]
  const folder = caseFolder({ "proxy-iptables-x.json": [{ ...world, services, flows: FLOWS }] })
  const { exit, err } = judged(folder)
  expect(exit).toBe(2)
  expect(err).toMatch(/proxy-iptables-x\.json:\d+: \[0\]\.services\[0\]\.spec\.ports: must be a list/)
})

test("arguments that nobody understands are told with the usage", () => {
  expect(judged("a", "b")).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/^one folder at a time\nusage: pnpm judge/),
  })
  expect(judged("--limit", "many").err).toContain("--limit many is not a whole number")
  expect(judged("-o", "xml").err).toContain("json and text")
  expect(judged("--nonsense").err).toContain("--nonsense")
})
