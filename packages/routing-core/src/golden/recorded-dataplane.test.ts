import { expect, test } from "vitest"
import { trace } from "../path/trace.ts"
import { compile } from "../table/compile.ts"
import type { Origin } from "../trace-types.ts"
import iptables from "./dataplane-iptables.json" with { type: "json" }
import nftables from "./dataplane-nftables.json" with { type: "json" }
import { type Recording, recordedState } from "./recorded-world.ts"

const ORIGINS: Readonly<Record<string, Origin>> = {
  "container on the kind network": { kind: "node-network", ip: "172.18.0.5" },
  "docker host": { kind: "outside", ip: "172.18.0.1" },
  "hostNetwork pod (kind-worker2)": { kind: "pod", namespace: "dp", name: "client-h" },
  "node kind-control-plane": { kind: "node", name: "kind-control-plane" },
  "node kind-worker": { kind: "node", name: "kind-worker" },
  "node kind-worker2": { kind: "node", name: "kind-worker2" },
  "pod client-a (node with backends)": { kind: "pod", namespace: "dp", name: "client-a" },
  "pod client-b (node without backends)": { kind: "pod", namespace: "dp", name: "client-b" },
  "pod web-0 (a backend itself)": { kind: "pod", namespace: "dp", name: "web-0" },
}

/** Rows that do not show what the rules say, and why. */
const EXCLUDED: readonly { readonly why: string; readonly row: (row: readonly unknown[], mode: string) => boolean }[] =
  [
    {
      why: "nftables: ICMP rate limit, 24 tries at once (one at a time, and from elsewhere, it was 7)",
      row: ([source, what, , , exit], mode) =>
        mode === "nftables" &&
        exit === 28 &&
        source === "pod web-0 (a backend itself)" &&
        /^(noep|noep-local|nosel|np: clusterIP:wrong port)/.test(`${what}`),
    },
    {
      why: "outside hosts got no ICMP error within curl's limit for a load balancer address with another port (others of the same kind got 7)",
      row: ([source, what, , , exit]) =>
        exit === 28 && /^(docker host|container)/.test(`${source}`) && /^lb(-local)?: LB IP:/.test(`${what}`),
    },
  ]

const healthCheckPort = (recording: Recording): number =>
  Number(recording.rows.find((row) => `${row[1]}`.includes("healthCheckNodePort"))?.[3])

for (const recording of [iptables, nftables] as readonly Recording[]) {
  const rows = recording.rows.filter((row) => !EXCLUDED.some((excluded) => excluded.row(row, recording.mode)))

  test(`[R1] to [R53] agree with ${recording.mode} recorded on a real cluster`, () => {
    const table = compile(recordedState(recording, healthCheckPort(recording)))
    if (!table.ok) throw new Error(table.error.message)
    const differences = rows.flatMap((row) => {
      const [source, what, host, port, exit, seen, backend] = row
      const from = ORIGINS[`${source}`]
      if (!from) return [`unknown source ${source}`]
      // 0.5: the load balancer's address was routed through kind-worker2, the second of two.
      const found = trace(table.value, { from, to: `${host}`, port: Number(port), protocol: "TCP", picks: [0.5] })
      const lines: string[] = []
      if (found.curl.exitCode !== exit) lines.push(`exit ${found.curl.exitCode}, recorded ${exit}`)
      const answered = found.backends.find((each) => each.pod === backend)
      if (backend && !answered) lines.push(`${backend} answered and is not among the backends`)
      if (seen && answered && answered.sourceSeen !== seen)
        lines.push(`${backend} sees ${answered.sourceSeen}, recorded ${seen}`)
      return lines.map((line) => `${source} -> ${what} (${host}:${port}): ${line}`)
    })
    expect(differences).toEqual([])
    expect(rows.length).toBeGreaterThan(560)
  })
}
