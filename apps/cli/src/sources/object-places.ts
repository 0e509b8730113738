import type { KubeObject } from "@pilotage/kube-model"
import type { FoundObject } from "./found-objects.ts"
import type { SourcePlace } from "./source-error.ts"

/** The name of an object; `namespace` absent for cluster-wide ones. */
export interface ObjectName {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** Objects by name, and where each was read. */
export type Places = ReadonlyMap<string, FoundObject>

const keyOf = ({ kind, namespace, name }: ObjectName): string => `${kind} ${namespace ?? ""}/${name}`

export const nameOf = ({ kind, metadata }: KubeObject): ObjectName => ({
  kind,
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  name: metadata.name,
})

/** Of two objects with one name the later counts, as when both are applied. */
export const placesOf = (found: readonly FoundObject[]): Places =>
  new Map(found.map((each) => [keyOf(nameOf(each.object)), each]))

/** Where an object, or the field at `path` in it, stands. */
export const placeIn = (
  places: Places,
  name: ObjectName,
  path: readonly PropertyKey[] = [],
): SourcePlace | undefined => {
  const found = places.get(keyOf(name))
  if (!found) return undefined
  const line = found.document.lineOf([...found.path, ...path])
  return { file: found.document.file, ...(line === undefined ? {} : { line }) }
}
