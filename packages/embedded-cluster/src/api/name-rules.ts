import type { ResourceName } from "../store-types.ts"
import { parseAddress } from "./ip-text.ts"
import { labelNames, type NameRule, subdomainNames } from "./names.ts"
import { pathSegmentNames } from "./path-names.ts"

/** An IPAddress is called what it is. */
const addressNames: NameRule = (name) =>
  parseAddress(name) ? [] : ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"]

/** What differs from the rule of most, a DNS subdomain (Service since 1.36: gate RelaxedServiceNameValidation). */
const RULES: Readonly<Partial<Record<ResourceName, NameRule>>> = {
  services: labelNames,
  namespaces: labelNames,
  statefulsets: labelNames,
  ipaddresses: addressNames,
  poddisruptionbudgets: pathSegmentNames,
  roles: pathSegmentNames,
  clusterroles: pathSegmentNames,
  rolebindings: pathSegmentNames,
  clusterrolebindings: pathSegmentNames,
}

/** What names of a resource may look like. */
export const nameRuleOf = (resource: ResourceName): NameRule => RULES[resource] ?? subdomainNames
