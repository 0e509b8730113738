import type { NetworkPolicy, Service } from "@pilotage/kube-model"
import type { NamespaceFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import { service, stateOf, type World } from "../testing/world.ts"
import { type DiagnoseOptions, diagnose } from "./diagnose.ts"
import type { Finding } from "./finding.ts"
import { failedTraces } from "./observed-traces.ts"

/** Small clusters for the doctor's tests, and what is found in them. */

interface Policed extends World {
  readonly networkPolicies?: readonly NetworkPolicy[]
  readonly namespaces?: readonly NamespaceFacts[]
}

export const isAbout = ({ object, service }: Finding, { metadata }: Service): boolean => {
  const { kind, namespace, name } = service ?? object
  return kind === "Service" && namespace === metadata.namespace && name === metadata.name
}

/** Of two that want one thing one gets it, so one of them works: which one is nobody's to know. */
export const isCollision = ({ code }: Finding): boolean => code.endsWith("-taken")

/** The findings; an error among them is one at which trace fails as well. */
export const diagnosed = (world: Policed, options?: DiagnoseOptions): readonly Finding[] => {
  const { networkPolicies = [], namespaces = [] } = world
  const table = compile({ ...stateOf(world), networkPolicies, namespaces })
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  const findings = diagnose(table.value, options)
  for (const service of table.value.state.services) {
    const errors = findings.filter((each) => each.severity === "error" && isAbout(each, service) && !isCollision(each))
    if (errors.length === 0 || errors.every(({ code }) => code === "refused-by-api-server")) continue
    const { asked, failed } = failedTraces(table.value, service)
    if (asked > 0 && failed.length === 0)
      throw new Error(`${errors[0]?.code} is an error, and all ${asked} requests to ${service.metadata.name} work`)
  }
  return findings
}

/** `error no-endpoints-not-ready`, in order. */
export const codes = (world: Policed, options?: DiagnoseOptions): readonly string[] =>
  diagnosed(world, options).map(({ severity, code }) => `${severity} ${code}`)

/** The one finding with that code. */
export const finding = (world: Policed, code: string): Finding => {
  const findings = diagnosed(world)
  const [first, second] = findings.filter((each) => each.code === code)
  if (!first || second) throw new Error(`${code} is not found once: ${findings.map((each) => each.code).join(", ")}`)
  return first
}

export const WEB = service("web", "10.96.0.20")
