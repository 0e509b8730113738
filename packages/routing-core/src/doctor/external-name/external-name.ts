import { isIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { nearName } from "../survey/near-name.ts"
import { remembered } from "../survey/remembered.ts"
import type { Subject } from "../survey/subject.ts"
import type { Survey } from "../survey/survey.ts"
import { field, portField, setField } from "../text.ts"

/** `web.shop.svc.cluster.local` → `shop/web`; undefined for any other name. */
const serviceKeyOf = ({ indexes }: Survey, name: string): string | undefined => {
  const suffix = `.svc.${indexes.config.clusterDomain}`
  const plain = name.toLowerCase().replace(/\.$/, "")
  if (!plain.endsWith(suffix)) return undefined
  const parts = plain.slice(0, -suffix.length).split(".")
  return parts.length === 2 ? `${parts[1]}/${parts[0]}` : undefined
}

const aliasOf = (survey: Survey, key: string): string | undefined => {
  const spec = survey.indexes.services.get(key)?.service.spec
  return spec?.type === "ExternalName" ? serviceKeyOf(survey, spec.externalName ?? "") : undefined
}

/** Services whose aliases go round in a circle, each with the whole circle, in order, and its place in it. */
const circles = remembered((survey: Survey) => {
  const found = new Map<string, { readonly circle: readonly string[]; readonly at: number }>()
  const seen = new Set<string>()
  for (const { entry, kind } of survey.subjects) {
    if (kind !== "external-name") continue
    const way: string[] = []
    const placeOf = new Map<string, number>()
    let next: string | undefined = entry.key
    while (next !== undefined && !seen.has(next)) {
      seen.add(next)
      placeOf.set(next, way.length)
      way.push(next)
      next = aliasOf(survey, next)
    }
    const from = next === undefined ? undefined : placeOf.get(next)
    if (from === undefined) continue
    const circle = way.slice(from)
    for (const [at, key] of circle.entries()) found.set(key, { circle, at })
  }
  return found
})

const SHOWN = 10

/** `shop/a → shop/b → shop/a`, from this Service on; undefined when the alias comes to an end. */
const circleText = (survey: Survey, key: string): { readonly length: number; readonly text: string } | undefined => {
  const found = circles(survey).get(key)
  if (!found) return undefined
  const { circle, at } = found
  const shown = Array.from({ length: Math.min(circle.length, SHOWN) }, (_, step) => circle[(at + step) % circle.length])
  return { length: circle.length, text: [...shown, ...(circle.length > SHOWN ? ["…"] : []), key].join(" → ") }
}

const missingService = (subject: Subject, survey: Survey, key: string) => {
  const [namespace = "", name = ""] = key.split("/")
  const elsewhere = survey.indexes.serviceNames.get(name)?.[0]
  const alike = elsewhere === undefined ? nearName(survey, namespace, name) : undefined
  const near = elsewhere ?? (alike === undefined ? undefined : `${namespace}/${alike}`)
  const [nearNamespace, nearestName] = near?.split("/") ?? []
  const target = near ? `${nearestName}.${nearNamespace}.svc.${survey.indexes.config.clusterDomain}` : undefined
  return found(subject, "error", "external-name-not-found", {
    ...field("spec.externalName", subject.service.spec.externalName),
    message: `externalName leads to Service ${name} in namespace ${namespace}, which does not exist${near ? `; there is ${nearestName} in namespace ${nearNamespace}` : ""}. The name does not resolve.`,
    fix: target
      ? `Set externalName to ${target}.`
      : `Create Service ${name} in namespace ${namespace}, or name another.`,
    ...(target ? { command: setField(subject.service, "/spec/externalName", target) } : {}),
    rule: "R6",
  })
}

/** Where an ExternalName leads: nowhere, in a circle, or somewhere other than its author thinks. */
export const externalName: ServiceCheck = (subject, survey) => {
  const { service, kind, entry } = subject
  // An alias without a name is refused by the API server, and so another check's.
  if (kind !== "external-name" || !service.spec.externalName) return NOTHING
  const target = String(service.spec.externalName)
  const here = field("spec.externalName", target)
  if (isIP(target))
    return [
      found(subject, "error", "external-name-is-address", {
        ...here,
        message: `externalName is the address ${target}; it must be a name, and kube-dns answers that the name does not exist.`,
        fix: `Leave type and externalName out, and write an EndpointSlice with the address ${target} for a Service without a selector.`,
        rule: "R6",
      }),
    ]
  const loop = circleText(survey, entry.key)
  if (loop)
    return [
      found(subject, "error", "external-name-loop", {
        ...here,
        message:
          loop.length === 1
            ? "The Service is an alias for itself: its name never leads to an address."
            : `The alias goes round in a circle: ${loop.text}. The name never leads to an address.`,
        fix: "Let externalName be a name outside this circle.",
        rule: "R6",
      }),
    ]
  const key = serviceKeyOf(survey, target)
  if (key && !survey.indexes.services.get(key)) return [missingService(subject, survey, key)]
  const [first = "", second] = target.replace(/\.$/, "").split(".")
  // An alias is followed as it is: the search list that makes short names work is not used.
  const short =
    second === undefined
      ? `${subject.namespace}/${first}`
      : target.split(".").length <= 3
        ? `${second}/${first}`
        : undefined
  const meant = short !== undefined && survey.indexes.services.get(short)?.service.metadata
  if (meant) {
    const full = `${meant.name}.${meant.namespace ?? "default"}.svc.${survey.indexes.config.clusterDomain}`
    return [
      found(subject, "error", "external-name-too-short", {
        ...here,
        message: `externalName ${target} is taken as a complete name: short names are not looked up in the cluster. It does not lead to Service ${meant.name} in namespace ${meant.namespace ?? "default"}.`,
        fix: `Set externalName to ${full}.`,
        command: setField(service, "/spec/externalName", full),
        rule: "R6",
      }),
    ]
  }
  return (service.spec.ports ?? []).flatMap((port, index) =>
    port.targetPort === undefined || port.targetPort === port.port
      ? NOTHING
      : [
          found(subject, "warning", "external-name-port-not-mapped", {
            ...field(portField(index, "targetPort"), port.targetPort),
            message: `An ExternalName is an alias in DNS and nothing more: ${port.port} does not become ${JSON.stringify(port.targetPort)}. Clients ask ${target} for the port that they name.`,
            fix: `Let clients ask for ${port.targetPort}, and take the ports out.`,
            command: `kubectl edit service ${subject.name} -n ${subject.namespace}`,
            rule: "R6",
          }),
        ],
  )
}
