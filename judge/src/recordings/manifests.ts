import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { EndpointSlice, Pod, Service } from "@pilotage/kube-model"
import { isMap, LineCounter, parseAllDocuments } from "yaml"
import { z } from "zod"
import { CaseFileError, readText } from "../case-file.ts"

/** The objects that a recording was made with, before the cluster gave them addresses. */
export interface Manifests {
  readonly namespace: string
  readonly pods: readonly Pod[]
  readonly services: readonly Service[]
  readonly endpointSlices: readonly EndpointSlice[]
}

const documentSchema = z.looseObject({
  kind: z.enum(["Pod", "Service", "EndpointSlice"], "must be Pod, Service or EndpointSlice"),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
})

type Read = Pod | Service | EndpointSlice

/** The comment at the head says into which namespace everything was applied. */
const namespaceOf = (path: string, text: string): string => {
  const namespace = /^#\s*Namespace ([a-z0-9-]+)/.exec(text)?.[1]
  if (namespace === undefined)
    throw new CaseFileError(path, 1, 'the first line should say "# Namespace NAME" into which the objects went')
  return namespace
}

/** `namespace dp2 with \`kubectl create service clusterip other --tcp=80:8080\``: Services made by command, with their selectors. */
const createdServices = (text: string): readonly Service[] =>
  [...text.matchAll(/^#.*$/gm)].flatMap(([comment]) =>
    [...comment.matchAll(/namespace (\S+) with `kubectl create service clusterip (\S+) --tcp=(\d+):(\d+)`/g)].map(
      ([, namespace = "", name = "", port, targetPort]): Service => ({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        spec: {
          type: "ClusterIP",
          selector: { app: name },
          ports: [
            { name: `${port}-${targetPort}`, port: Number(port), targetPort: Number(targetPort), protocol: "TCP" },
          ],
        },
      }),
    ),
  )

/** `manifests/NAME` beside a recording, or beside the folder that holds it. */
const manifestFor = (recording: string, name: string): string => {
  const folder = dirname(recording)
  const above = join(folder, "..", "manifests", name)
  return !existsSync(join(folder, "manifests")) && existsSync(above) ? above : join(folder, "manifests", name)
}

export const readManifests = (recording: string, name: string): Manifests => {
  const path = manifestFor(recording, name)
  const text = readText(path)
  const namespace = namespaceOf(path, text)
  const lines = new LineCounter()
  const objects = [...parseAllDocuments(text, { lineCounter: lines })].flatMap((document): readonly Read[] => {
    const [error] = document.errors
    if (error) throw new CaseFileError(path, error.linePos?.[0].line, error.message)
    if (!isMap(document.contents)) return []
    const line = lines.linePos(document.contents.range?.[0] ?? 0).line
    const parsed = documentSchema.safeParse(document.toJS())
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw new CaseFileError(path, line, `${issue?.path.join(".")}: ${issue?.message}`)
    }
    const { metadata, ...object } = parsed.data
    // What else an object holds is the engine's to check.
    return [{ ...object, metadata: { namespace, ...metadata } } as unknown as Read]
  })
  return {
    namespace,
    pods: objects.filter((each) => each.kind === "Pod"),
    services: [...objects.filter((each) => each.kind === "Service"), ...createdServices(text)],
    endpointSlices: objects.filter((each) => each.kind === "EndpointSlice"),
  }
}
