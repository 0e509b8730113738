import type { ResourceName } from "../store-types.ts"
import { labelNames, type NameRule, subdomainNames } from "./names.ts"

/** What names of a resource may look like (Service since 1.36: gate RelaxedServiceNameValidation). */
export const nameRuleOf = (resource: ResourceName): NameRule =>
  resource === "services" || resource === "namespaces" ? labelNames : subdomainNames
