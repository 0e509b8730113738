import type { LoadBalancerIngress, Service } from "@pilotage/kube-model"
import { errorsOfEach, type FieldError, invalid, notSupported, refused, required } from "../field-error.ts"
import { legacyIPProblems, parseAddress } from "../ip-text.ts"
import { dnsSubdomainProblems } from "../names.ts"

const ingressErrors = (ingress: LoadBalancerIngress, at: string): FieldError[] => {
  const errors: FieldError[] = []
  const { ip = "", hostname = "", ipMode } = ingress
  if (ip !== "") for (const problem of legacyIPProblems(ip)) errors.push(invalid(`${at}.ip`, ip, problem))
  if (ip !== "" && ipMode === undefined) errors.push(required(`${at}.ipMode`, "must be specified when `ip` is set"))
  if (ip === "" && ipMode !== undefined)
    errors.push(refused(`${at}.ipMode`, "may not be specified when `ip` is not set"))
  if (ip !== "" && ipMode !== undefined && !["Proxy", "VIP"].includes(ipMode))
    errors.push(notSupported(`${at}.ipMode`, ipMode, ["Proxy", "VIP"]))
  if (hostname !== "") {
    for (const problem of dnsSubdomainProblems(hostname)) errors.push(invalid(`${at}.hostname`, hostname, problem))
    if (parseAddress(hostname))
      errors.push(invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"))
  }
  return errors
}

/** `root`: where the load balancer status stands in error paths. */
export const validateLoadBalancerStatus = (service: Service, root = "status.loadBalancer"): FieldError[] => {
  const ingress = service.status?.loadBalancer?.ingress ?? []
  if (service.spec.type !== "LoadBalancer" && ingress.length > 0)
    return [refused(`${root}.ingress`, "may only be used when `spec.type` is 'LoadBalancer'")]
  return errorsOfEach(ingress, (each, index) => ingressErrors(each, `${root}.ingress[${index}]`))
}
