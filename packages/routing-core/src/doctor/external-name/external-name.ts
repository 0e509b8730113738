import { isIP } from "@pilotage/kube-model"
import { mostAlike } from "../../dns/likeness.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
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

/** Nobody writes longer circles, and no resolver follows aliases this far. */
const LONGEST_WAY = 200
const SHOWN = 10

/** The Services through which the alias goes round, this one included; undefined when it comes to an end. */
const loopOf = (survey: Survey, start: string): readonly string[] | undefined => {
  const way = new Set([start])
  for (let next = aliasOf(survey, start); next !== undefined; next = aliasOf(survey, next)) {
    if (next === start) return [...way]
    if (way.has(next) || way.size === LONGEST_WAY) return undefined
    way.add(next)
  }
  return undefined
}

const wayText = (loop: readonly string[]): string =>
  (loop.length > SHOWN ? [...loop.slice(0, SHOWN), "…"] : loop).join(" → ")

const missingService = (subject: Subject, survey: Survey, key: string) => {
  const [namespace = "", name = ""] = key.split("/")
  const elsewhere = survey.indexes.serviceNames.get(name)?.[0]
  const near =
    elsewhere ??
    survey.subjects
      .filter((each) => each.namespace === namespace && each.name === mostAlike(name, [each.name]))
      .map((each) => `${each.namespace}/${each.name}`)[0]
  const [nearNamespace, nearName] = near?.split("/") ?? []
  const target = near ? `${nearName}.${nearNamespace}.svc.${survey.indexes.config.clusterDomain}` : undefined
  return found(subject, "error", "external-name-not-found", {
    ...field("spec.externalName", subject.service.spec.externalName),
    message: `externalName leads to Service ${name} in namespace ${namespace}, which does not exist${near ? `; there is ${nearName} in namespace ${nearNamespace}` : ""}. The name does not resolve.`,
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
  const loop = loopOf(survey, entry.key)
  if (loop)
    return [
      found(subject, "error", "external-name-loop", {
        ...here,
        message:
          loop.length === 1
            ? "The Service is an alias for itself: its name never leads to an address."
            : `The alias goes round in a circle: ${wayText(loop)} → ${entry.key}. The name never leads to an address.`,
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
