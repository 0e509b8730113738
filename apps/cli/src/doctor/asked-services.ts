import { err, ok, type Result, type Service } from "@pilotage/kube-model"
import type { ObjectRef } from "@pilotage/routing-core"
import type { ClusterReading } from "../sources/read-cluster.ts"
import type { SourceError } from "../sources/source-error.ts"

/** Which Services are looked at: all of a namespace, or those named. No namespace: every one. */
export interface Asked {
  readonly names: readonly string[]
  readonly namespace?: string
}

/** The Services that are looked at, and whether an object (a Service, or a slice, pod or policy beside them) is meant. */
export interface AskedServices {
  readonly services: readonly Service[]
  readonly isAskedFor: (object: ObjectRef) => boolean
}

const namespaceOf = ({ metadata }: Service): string => metadata.namespace ?? "default"

/** Those that somebody wrote: a simulated cluster has Services of its own. */
const givenServices = ({ origin, inventory, placeOf }: ClusterReading): readonly Service[] =>
  origin === "observed"
    ? inventory.services
    : inventory.services.filter((service) =>
        placeOf({ kind: "Service", namespace: namespaceOf(service), name: service.metadata.name }),
      )

/** `web`, `svc/web`, `service/web`, `shop/web`, `shop/svc/web`. */
const parsed = (text: string): { readonly namespace?: string; readonly name: string } => {
  const parts = text.split("/").filter((part) => !/^(svc|services?)$/.test(part))
  const [first = "", second] = parts
  return second === undefined ? { name: first } : { namespace: first, name: second }
}

const missing = (text: string, services: readonly Service[]): SourceError => {
  const names = services.map((each) => `${namespaceOf(each)}/${each.metadata.name}`)
  const shown = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
  return {
    message: `there is no Service ${text}`,
    fix: names.length > 0 ? `Services there: ${shown.join(", ")}.` : "There is no Service at all.",
  }
}

/** The Services that names and namespace mean; a name or namespace that means none is an error. */
export const askedServices = (
  reading: ClusterReading,
  { names, namespace }: Asked,
): Result<AskedServices, readonly SourceError[]> => {
  const all = givenServices(reading)
  const within = namespace === undefined ? all : all.filter((service) => namespaceOf(service) === namespace)
  if (names.length === 0) {
    if (namespace !== undefined && within.length === 0)
      return err([missing(`in namespace ${namespace} of ${reading.title}`, all)])
    // What belongs to no Service is looked at too, but not what the simulation brought along.
    const isGiven = ({ kind, namespace: place = "", name }: ObjectRef): boolean =>
      reading.origin === "observed" ||
      place !== "kube-system" ||
      reading.placeOf({ kind, namespace: place, name }) !== undefined
    const keys = new Set(within.map((service) => `${namespaceOf(service)}/${service.metadata.name}`))
    return ok({
      services: within,
      isAskedFor: (object) =>
        object.kind === "Service"
          ? keys.has(`${object.namespace}/${object.name}`)
          : (namespace === undefined || object.namespace === namespace) && isGiven(object),
    })
  }
  const errors: SourceError[] = []
  const found = new Set<Service>()
  for (const text of names) {
    const wanted = parsed(text)
    const same = (wanted.namespace === undefined ? within : all).filter(
      (service) =>
        service.metadata.name === wanted.name &&
        (wanted.namespace === undefined || namespaceOf(service) === wanted.namespace),
    )
    if (same.length === 0) errors.push(missing(text, within.length > 0 ? within : all))
    for (const service of same) found.add(service)
  }
  if (errors.length > 0) return err(errors)
  const keys = new Set([...found].map((service) => `${namespaceOf(service)}/${service.metadata.name}`))
  return ok({
    services: [...found],
    isAskedFor: ({ kind, namespace: place = "", name }) => kind === "Service" && keys.has(`${place}/${name}`),
  })
}
