import { execFileSync } from "node:child_process"
import type { RecordedCommand } from "./session-file.ts"

/** A kubectl's version as it says it: `v1.36.3`, minor 36; builds of distributions have more behind it. */
export interface ClientVersion {
  readonly text: string
  readonly minor: number
}

const VERSION = /v1\.(\d+)\.[^\s",]+/

const parsed = (text: string): ClientVersion | undefined => {
  const found = VERSION.exec(text)
  return found ? { text: found[0], minor: Number(found[1]) } : undefined
}

/** The client's version in an output of `kubectl version`, in any of its formats. */
export const clientVersionIn = (output: string): ClientVersion | undefined => {
  const line = /^Client Version: (.*)$/m.exec(output)?.[1]
  if (line !== undefined) return parsed(line)
  const block = /"?clientVersion"?:[\s\S]*?"?gitVersion"?: *"?(v[^\s",]+)/.exec(output)?.[1]
  return block === undefined ? undefined : parsed(block)
}

/** The version of the kubectl that a session was recorded with, if it was asked for. */
export const recordedVersion = (commands: readonly RecordedCommand[]): ClientVersion | undefined => {
  for (const { cmd, stdout } of commands) {
    const version = /\bkubectl version\b/.test(cmd) ? clientVersionIn(stdout) : undefined
    if (version) return version
  }
  return undefined
}

const ANSWERS_WITHIN_MS = 20_000

/** Asks a kubectl for its version; `undefined` when it tells none. Needs no cluster. */
export const askVersion = (kubectl: string): ClientVersion | undefined => {
  try {
    const output = execFileSync(kubectl, ["version", "--client"], {
      encoding: "utf8",
      env: { ...process.env, KUBECONFIG: "/dev/null" },
      stdio: ["ignore", "pipe", "ignore"],
      timeout: ANSWERS_WITHIN_MS,
    })
    return clientVersionIn(output)
  } catch {
    return undefined
  }
}
