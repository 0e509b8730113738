import type { KubeObject } from "@pilotage/kube-model"
import { z } from "zod"
import type { LabError, LabFiles } from "./lab.ts"
import { validate } from "./validate.ts"
import { readYaml } from "./yaml-source.ts"

const CLUSTER_SCOPED = new Set(["Namespace", "Node"])

const manifestSchema = z.looseObject({
  apiVersion: z.string().describe("API group and version, `v1` or `apps/v1`."),
  kind: z.string().describe("Kind of the object, `Service`."),
  metadata: z
    .looseObject({
      name: z.string().describe("Name of the object; generated names would differ from run to run."),
      namespace: z.string().optional().describe("Default: the lab's namespace."),
    })
    .describe("Name, namespace, labels."),
})

/** The objects of `start/*.yaml`, files in order of their names, with the lab's namespace where none is given. */
export const readStart = (
  files: LabFiles,
  namespace: string,
): { readonly objects: readonly KubeObject[]; readonly errors: readonly LabError[] } => {
  const objects: KubeObject[] = []
  const errors: LabError[] = []
  const paths = Object.keys(files).filter((path) => /^start\/[^/]+\.ya?ml$/.test(path))
  for (const path of paths.toSorted()) {
    const read = readYaml(path, files[path] ?? "")
    errors.push(...read.errors)
    for (const source of read.errors.length > 0 ? [] : read.documents) {
      const valid = validate(manifestSchema, source)
      if (!valid.ok) {
        errors.push(...valid.error)
        continue
      }
      const { kind, metadata } = valid.value
      const scoped = CLUSTER_SCOPED.has(kind) ? metadata : { namespace, ...metadata }
      const { namespace: own, ...rest } = scoped
      objects.push({ ...valid.value, metadata: own === undefined ? rest : { ...rest, namespace: own } })
    }
  }
  return { objects, errors }
}
