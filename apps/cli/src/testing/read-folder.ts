import { rmSync } from "node:fs"
import { afterAll } from "vitest"
import { type ClusterReading, readCluster } from "../sources/read-cluster.ts"
import type { SourceError } from "../sources/source-error.ts"
import type { SourceOptions } from "../sources/source-options.ts"
import { folderWith } from "./command-line.ts"

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** What came of a reading. */
export interface Read {
  readonly reading?: ClusterReading
  readonly errors: readonly SourceError[]
  readonly said: readonly string[]
}

/** Reads a new folder with these files, which goes when the test file's tests are done. */
export const readFolder = async (
  files: Readonly<Record<string, string>>,
  options: SourceOptions = { filename: ["."] },
  stdin = "",
): Promise<Read> => {
  const folder = folderWith(files)
  folders.push(folder)
  const said: string[] = []
  const read = await readCluster(options, {
    folder,
    env: {},
    home: folder,
    stdin: async () => stdin,
    say: (line) => said.push(line),
  })
  return read.ok ? { reading: read.value, errors: [], said } : { errors: read.error, said }
}

export const service = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: {app: web}\n  ports: [{port: 80}]\n`

export const deployment = (name: string, image: string, replicas = 1): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${image}", ports: [{containerPort: 8080}]}]}
`
