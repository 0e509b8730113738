import { randomBytes } from "node:crypto"
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { err, ok, type Result } from "@pilotage/kube-model"

const FIRST_LINE = "# Written by `pilotage cluster start`, and removed when that cluster ends."

export interface Credentials {
  readonly server: string
  readonly token: string
  /** PEM. */
  readonly authority: string
}

/** Cluster, user and context are all named `pilotage`. */
const kubeconfigText = ({ server, token, authority }: Credentials): string => `${FIRST_LINE}
apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${Buffer.from(authority).toString("base64")}
    server: ${server}
  name: pilotage
contexts:
- context:
    cluster: pilotage
    user: pilotage
  name: pilotage
current-context: pilotage
preferences: {}
users:
- name: pilotage
  user:
    token: ${token}
`

const isOurs = (file: string): boolean => readFileSync(file, "utf8").startsWith(FIRST_LINE)

export interface KubeconfigFile {
  readonly path: string
  /** Only when it is still what was written. */
  readonly remove: () => void
}

/**
 * Writes the kubeconfig for its owner's eyes alone, at once or not at all. Without `file` it lies in a new folder of the
 * machine's folder for temporary files. A file of an earlier cluster is replaced, any other is left alone: an error.
 */
export const writeKubeconfig = (file: string | undefined, credentials: Credentials): Result<KubeconfigFile, string> => {
  const folder = file === undefined ? mkdtempSync(join(tmpdir(), "pilotage-")) : undefined
  const path = file ?? join(folder ?? "", "kubeconfig")
  const text = kubeconfigText(credentials)
  const draft = join(dirname(path), `.kubeconfig-${randomBytes(6).toString("hex")}`)
  try {
    if (existsSync(path) && !isOurs(path)) return err(`${path} is there already, and was not written by this command`)
    writeFileSync(draft, text, { mode: 0o600, flag: "wx" })
    renameSync(draft, path)
  } catch (cause) {
    rmSync(draft, { force: true })
    return err(`${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  return ok({
    path,
    remove: () => {
      if (existsSync(path) && readFileSync(path, "utf8") === text) rmSync(folder ?? path, { recursive: true })
    },
  })
}
