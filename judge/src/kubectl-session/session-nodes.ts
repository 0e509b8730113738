import type { RecordedCommand } from "./session-file.ts"

export interface SessionNodes {
  /** All of them, the control plane first, the others by name. */
  readonly names: readonly string[]
  /** Those without the control plane. */
  readonly workers: readonly string[]
}

const NODE_ROW = /^([a-z0-9.-]+) +(?:Not)?Ready(?:,\w+)? +(\S+) +\S+ +v1\./gm
const WORKER = /\b[a-z0-9-]+-worker\d*\b/g

/** The nodes of the recorded cluster: as `kubectl get nodes` lists them, or as kind would have named those that are mentioned. */
export const sessionNodes = (commands: readonly RecordedCommand[]): SessionNodes => {
  const roles = new Map<string, string>()
  for (const { stdout } of commands)
    for (const [, name = "", role = ""] of stdout.matchAll(NODE_ROW)) roles.set(name, role)
  if (roles.size === 0) {
    const mentioned = new Set(commands.flatMap(({ cmd, stdout }) => `${cmd}\n${stdout}`.match(WORKER) ?? []))
    for (const name of mentioned) roles.set(name, "<none>")
    const [first] = mentioned
    roles.set(
      first === undefined ? "kind-control-plane" : first.replace(/worker\d*$/, "control-plane"),
      "control-plane",
    )
  }
  const names = [...roles.keys()].sort()
  const workers = names.filter((name) => !roles.get(name)?.includes("control-plane"))
  return { names: [...names.filter((name) => !workers.includes(name)), ...workers], workers }
}
