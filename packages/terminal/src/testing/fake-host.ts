import { createCancellation } from "@pilotage/kube-model"
import type { FileTree, HttpOutcome, Machine, TerminalHost } from "../host.ts"
import { createMemoryTree } from "../machines/file-system.ts"
import { createTerminal } from "../terminal.ts"

const machine = (kind: "outside" | "node" | "pod", name: string, programs: readonly string[]): Machine => ({
  origin:
    kind === "outside"
      ? { kind, ip: "203.0.113.7" }
      : kind === "node"
        ? { kind, name }
        : { kind, namespace: "default", name },
  hostname: name,
  user: kind === "outside" ? "captain" : "root",
  env: {},
  files: { "/etc/hosts": `127.0.0.1\tlocalhost\n10.244.1.7\t${name}\n`, "/etc/resolv.conf": "nameserver 10.96.0.10\n" },
  programs,
})

export interface FakeHost extends TerminalHost {
  /** URLs that were asked for. */
  readonly requests: readonly string[]
  /** Lets sleepers wake, each at its time, until `work` ends or `untilMs` of virtual time have gone. */
  readonly play: <T>(work: Promise<T>, untilMs?: number) => Promise<T | "still running">
}

const settle = async (rounds = 500): Promise<void> => {
  for (let turn = 0; turn < rounds; turn += 1) await Promise.resolve()
}

/** A world with one pod `box` and one node, in which every URL answers unless its host is `dead`, `closed` or `nowhere`. */
export const createFakeHost = (files: FileTree = createMemoryTree()): FakeHost => {
  let now = 1_767_603_600_000
  const start = now
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>()
  const requests: string[] = []
  const answer = (url: string): HttpOutcome => {
    if (url.includes("closed"))
      return {
        kind: "failure",
        exitCode: 7,
        message: "Failed to connect to closed port 80 after 0 ms: Couldn't connect to server",
      }
    if (url.includes("dead"))
      return { kind: "failure", exitCode: 28, message: "Connection timed out after 2000 milliseconds" }
    if (url.includes("nowhere")) return { kind: "failure", exitCode: 6, message: "Could not resolve host: nowhere" }
    const status = url.includes("missing") ? 404 : 200
    return {
      kind: "response",
      status,
      statusText: status === 200 ? "OK" : "Not Found",
      headers: { "content-type": "text/plain" },
      body: `web-${requests.length}\n`,
      remote: { ip: "10.96.0.20", port: 80 },
    }
  }
  return {
    requests,
    files,
    defaultNamespace: "default",
    edit: async (_name, text) => `${text}edited\n`,
    transport: async () => ({ status: 503, headers: {}, body: "no cluster here" }),
    clock: {
      now: () => now,
      sleep: (milliseconds, cancellation) =>
        new Promise((resolve) => {
          const sleeper = { due: now + milliseconds, wake: resolve }
          sleepers.add(sleeper)
          cancellation.onCancel(() => {
            sleepers.delete(sleeper)
            resolve()
          })
        }),
    },
    network: {
      dial(_from, { host, port, protocol, payload, timeoutMs }) {
        if (host === "closed") return { outcome: { kind: "failure", verdict: "refused" }, durationMs: 1 }
        if (host === "nowhere") return { outcome: { kind: "failure", verdict: "name-not-found" }, durationMs: 1 }
        if (host === "dead")
          return { outcome: { kind: "failure", verdict: "timeout" }, durationMs: timeoutMs ?? 127_000 }
        const remote = { ip: "10.96.0.20", port }
        if (payload === undefined) return { outcome: { kind: "open", remote, closes: false }, durationMs: 1 }
        const reply = `heard ${payload}`
        return { outcome: { kind: "open", remote, reply, closes: protocol === "TCP" }, durationMs: 1 }
      },
      http(_from, request) {
        requests.push(request.url)
        const outcome = answer(request.url)
        return { outcome, durationMs: outcome.kind === "failure" && outcome.exitCode === 28 ? 2000 : 1 }
      },
      resolve: (_from, name, type) => {
        const known = name.startsWith("web")
        return {
          server: "10.96.0.10",
          steps: [{ query: `${name}.default.svc.cluster.local.`, type, rcode: known ? "NOERROR" : "NXDOMAIN" }],
          rcode: known ? "NOERROR" : "NXDOMAIN",
          records: known ? [{ name: "web.default.svc.cluster.local.", ttl: 30, type, data: "10.96.0.20" }] : [],
        }
      },
      ping: (_from, host) =>
        host === "nowhere"
          ? { outcome: "unknown-host", roundTripMs: 0 }
          : { ip: "10.244.1.7", outcome: host === "dead" ? "loss" : "reply", roundTripMs: 0.1 },
      podMachine: ({ pod }) =>
        pod === "box" ? machine("pod", "box", ["sh", "busybox", "wget"]) : { error: "no such pod" },
      nodeMachine: (node) =>
        node === "node-1" ? machine("node", "node-1", ["bash", "sh", "curl"]) : { error: "no such node" },
      outsideMachine: () => machine("outside", "harbour", []),
    },
    async play<T>(work: Promise<T>, untilMs = 600_000) {
      const results: T[] = []
      void work.then((value) => {
        results.push(value)
      })
      for (;;) {
        await settle()
        const [result] = results
        if (result !== undefined) return result
        // Coming back from deep inside takes many rounds.
        if (sleepers.size === 0) await settle(200_000)
        if (results[0] !== undefined) return results[0]
        const next = [...sleepers].sort((left, right) => left.due - right.due)[0]
        if (!next || next.due > start + untilMs) return "still running"
        now = Math.max(now, next.due)
        sleepers.delete(next)
        next.wake()
      }
    },
  }
}

/** Runs a script on a fresh terminal and tells what it printed and how it ended. */
export const runOnFake = async (
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{
  readonly out: string
  readonly err: string
  readonly code: number | "still running"
  readonly host: FakeHost
}> => {
  const host = createFakeHost()
  for (const [path, content] of Object.entries(files)) host.files.write(path, content)
  const terminal = createTerminal(host)
  let out = ""
  let err = ""
  const io = {
    stdout: (chunk: string) => {
      out += chunk
    },
    stderr: (chunk: string) => {
      err += chunk
    },
    isTerminal: false,
  }
  const code = await host.play(terminal.runScript(text, io, createCancellation()))
  return { out, err, code, host }
}
