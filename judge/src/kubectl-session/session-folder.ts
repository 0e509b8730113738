import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { CaseFileError } from "../case-file.ts"

/** Where a session's commands run. */
export interface SessionFolder {
  /** A copy of the manifests: the commands may write into it. */
  readonly work: string
  /** Where the cluster writes its kubeconfig. */
  readonly kubeconfig: string
  readonly env: Readonly<Record<string, string>>
  readonly remove: () => void
}

/** Copies `manifests/` beside the session's file; `kubectl` is what that name means in the commands. */
export const createSessionFolder = (sessionFile: string, kubectl: string): SessionFolder => {
  const source = join(dirname(sessionFile), "manifests")
  if (!existsSync(source))
    throw new CaseFileError(sessionFile, undefined, "there is no folder manifests/ beside it, where its commands ran")
  const root = mkdtempSync(join(tmpdir(), "pilotage-kubectl-session-"))
  const [work, home, bin] = [join(root, "manifests"), join(root, "home"), join(root, "bin")]
  for (const folder of [home, bin]) mkdirSync(folder)
  // Not the folder itself: a shared one may be read-only.
  mkdirSync(work)
  for (const name of readdirSync(source)) cpSync(join(source, name), join(work, name), { recursive: true })
  symlinkSync(kubectl, join(bin, "kubectl"))
  const kubeconfig = join(root, "kubeconfig")
  return {
    work,
    kubeconfig,
    env: {
      PATH: [bin, process.env.PATH].join(delimiter),
      HOME: home,
      KUBECONFIG: kubeconfig,
      LANG: "C.UTF-8",
      TZ: "UTC",
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
