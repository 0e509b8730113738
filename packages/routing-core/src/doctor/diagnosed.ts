import type { NetworkPolicy } from "@pilotage/kube-model"
import type { NamespaceFacts } from "../state.ts"
import { compile } from "../table/compile.ts"
import { service, stateOf, type World } from "../testing/world.ts"
import { type DiagnoseOptions, diagnose } from "./diagnose.ts"
import type { Finding } from "./finding.ts"

/** Small clusters for the doctor's tests, and what is found in them. */

interface Policed extends World {
  readonly networkPolicies?: readonly NetworkPolicy[]
  readonly namespaces?: readonly NamespaceFacts[]
}

export const diagnosed = (world: Policed, options?: DiagnoseOptions): readonly Finding[] => {
  const { networkPolicies = [], namespaces = [] } = world
  const table = compile({ ...stateOf(world), networkPolicies, namespaces })
  if (!table.ok) throw new Error(`${table.error.path}: ${table.error.message}`)
  return diagnose(table.value, options)
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
