import type { KubeObject } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, invalids } from "../field-error.ts"
import { legacyIPProblems, parseAddress } from "../ip-text.ts"
import { child, children, type Json, text } from "../json-object.ts"
import { dnsSubdomainProblems, qualifiedNameProblems } from "../names.ts"

/** Addresses are shown as upstream's internal types have them. */
const addressErrors = (status: Json, list: string): FieldError[] => {
  const at = `status.${list}`
  const ips = children(status, list).map((each) => text(each, "ip"))
  const families = ips.map((ip) => parseAddress(ip)?.family)
  const isSingle = ips.length < 2 || (ips.length === 2 && families[0] !== families[1])
  return [
    ...errorsOfEach(ips, (ip, index) => invalids(`${at}[${index}]`, ip, legacyIPProblems(ip))),
    ...(isSingle || families.includes(undefined)
      ? []
      : [
          invalid(
            at,
            ips.map((ip) => ({ IP: ip })),
            "may specify no more than one IP for each IP family",
          ),
        ]),
  ]
}

const firstHostErrors = (status: Json): FieldError[] => {
  const [first] = children(status, "hostIPs")
  const ip = text(first, "ip")
  return first === undefined || ip === text(status, "hostIP")
    ? []
    : [invalid("status.hostIPs[0].ip", ip, "must be equal to `hostIP`")]
}

/** Kubernetes 1.36 `pkg/apis/core/validation` ValidatePodStatusUpdate. */
export const podStatusErrors = (object: KubeObject, old: KubeObject): FieldError[] => {
  const [status, before] = [child(object, "status"), child(old, "status")]
  const nominated = text(status, "nominatedNodeName")
  const types = children(status, "conditions").map((condition) => text(condition, "type"))
  return [
    ...errorsOfEach(types, (type, index) =>
      invalids(`status.conditions[${index}].Type`, type, qualifiedNameProblems(type)),
    ),
    ...(status.qosClass === before.qosClass
      ? []
      : [invalid("status.qosClass", status.qosClass ?? "", "field is immutable")]),
    ...(nominated === "" ? [] : invalids("status.nominatedNodeName", nominated, dnsSubdomainProblems(nominated))),
    ...addressErrors(status, "podIPs"),
    ...firstHostErrors(status),
    ...addressErrors(status, "hostIPs"),
  ]
}
