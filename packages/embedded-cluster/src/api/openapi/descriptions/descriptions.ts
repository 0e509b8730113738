import { METADATA } from "./metadata.ts"
import { POD } from "./pod.ts"
import { SERVICE } from "./service.ts"
import { WORKLOAD } from "./workload.ts"

const TEXTS: ReadonlyMap<string, string> = new Map(
  [METADATA, SERVICE, POD, WORKLOAD].flatMap((texts) => Object.entries(texts)),
)

/** What a field means that every object has. */
const ANYWHERE: ReadonlyMap<string, string> = new Map([
  ["apiVersion", "Group and version of the kind, as v1 or apps/v1."],
  ["kind", "What the object is, in CamelCase."],
  ["metadata", "Name, namespace, labels and what else every object has."],
])

/** What a type is; undefined when there is nothing to say that its name does not. */
export const describeType = (struct: string): string | undefined => TEXTS.get(struct)

/** What a field of a type means. `isObject`: the type is a kind of its own. */
export const describeField = (struct: string, field: string, isObject: boolean): string | undefined =>
  TEXTS.get(`${struct}.${field}`) ?? (isObject ? ANYWHERE.get(field) : undefined)
