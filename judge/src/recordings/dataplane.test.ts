import { join } from "node:path"
import { expect, test } from "vitest"
import { caseFolder, jsonLines, judged } from "../testing/case-folder.ts"
import { recording } from "../testing/recording.ts"

const POD = "pod client-a (node with backends)"

const row = (source: string, destination: string, url: string, exit: number, seen?: string, backend?: string) => ({
  source,
  destination,
  url: `http://${url}/clientip`,
  exit,
  ...(seen === undefined ? {} : { client_seen: `${seen}:50516`, backend }),
})

const ROWS = [
  row(POD, "np: clusterIP:port", "10.96.0.20:80", 0, "10.244.2.11", "web-1"),
  row("hostNetwork pod (w2)", "np: w2:nodePort", "172.18.0.3:30670", 0, "172.18.0.3", "web-0"),
  row("node w1", "np: clusterIP:port", "10.96.0.20:80", 0, "10.244.2.1", "web-0"),
  row("docker host", "np: w1:nodePort", "172.18.0.2:30670", 0, "10.244.2.1", "web-0"),
  row(POD, "noep: clusterIP:port", "10.96.0.21:80", 7),
]

test("a recording is asked from the places and to the addresses that it names, in the cluster of its manifest", () => {
  const folder = caseFolder(recording("dataplane-iptables.jsonl", ROWS))
  expect(judged(folder)).toEqual({ exit: 0, out: "dataplane-iptables.jsonl  5/5", err: "" })
})

test("a wrong exit code, source address or backend is a disagreement", () => {
  const rows = [
    row(POD, "exit", "10.96.0.20:80", 28),
    row(POD, "source", "10.96.0.20:80", 0, "172.18.0.2", "web-0"),
    row(POD, "backend", "10.96.0.20:80", 0, "10.244.2.11", "client-a"),
  ]
  const { exit, out } = judged(caseFolder(recording("dataplane-iptables.jsonl", rows)))
  expect(exit).toBe(1)
  expect(out).toContain("dataplane-iptables.jsonl  0/3")
  expect(out).toContain("expected exit 0, web-0 sees 172.18.0.2\n        we say   exit 0, web-0 sees 10.244.2.11")
})

test("what hangs on the network around the cluster is counted apart with our reason, right or wrong", () => {
  const rows = [row(POD, "unused pod IP", "10.244.77.7:8080", 28), row(POD, "unused pod IP", "10.244.77.7:8080", 7)]
  const { exit, out } = judged(caseFolder(recording("dataplane-iptables.jsonl", rows)))
  expect(exit).toBe(0)
  expect(out).toMatch(/^dataplane-iptables\.jsonl {2}0\/0\n {4}environment 2 \(1 agree\): [a-z-]+: [A-Z].*\.$/)
})

test("a timeout among many tries at once is the kernel's ICMP limit when the same try alone was refused", () => {
  const limited = row(POD, "noep: clusterIP:port", "10.96.0.21:80", 28)
  const alone = row(POD, "noep: clusterIP:port", "10.96.0.21:80", 7)
  const both = {
    ...recording("dataplane-iptables.jsonl", [limited]),
    ...recording("dataplane-iptables-serial.jsonl", [alone]),
  }
  expect(judged(caseFolder(both))).toMatchObject({
    exit: 0,
    out: expect.stringContaining("environment 1 (0 agree): ICMP rate limit"),
  })
  expect(judged(caseFolder(recording("dataplane-iptables.jsonl", [limited]))).exit).toBe(1)
})

test("recordings that lie beside their manifests above the case folder belong to it", () => {
  const folder = caseFolder({ ...recording("dataplane-iptables.jsonl", ROWS), "cases/traces.json": [] })
  expect(judged(join(folder, "cases")).out.split("\n")).toEqual([
    "dataplane-iptables.jsonl  5/5",
    "not judged yet: traces.json",
  ])
})

test("a row that is cut, a source that nobody is and a manifest that is missing are told with path and line", () => {
  const files = recording("dataplane-iptables.jsonl", ROWS)
  const text = files["dataplane-iptables.jsonl"] ?? ""
  const cut = judged(caseFolder({ ...files, "dataplane-iptables.jsonl": text.slice(0, -20) }))
  expect(cut).toMatchObject({ exit: 2, err: expect.stringMatching(/dataplane-iptables\.jsonl:6: /) })
  const odd = judged(caseFolder(recording("dataplane-iptables.jsonl", [row("pod nobody", "x", "1.2.3.4:80", 7)])))
  expect(odd.err).toMatch(/dataplane-iptables\.jsonl:2: source "pod nobody" is no pod, node or outside host/)
  const bare = judged(caseFolder({ "dataplane-iptables.jsonl": text }))
  expect(bare.err).toMatch(/manifests\/dataplane\.yaml: ENOENT/)
  const noMeta = judged(caseFolder({ "dataplane-iptables.jsonl": jsonLines(ROWS) }))
  expect(noMeta.err).toMatch(/dataplane-iptables\.jsonl:1: meta: /)
})
