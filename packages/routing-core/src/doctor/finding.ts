import type { ObjectRef, RuleId } from "../trace-types.ts"
import type { FindingCode } from "./findings.ts"

/**
 * `error`: requests to the Service fail, or those that one of its endpoints gets. `warning`: some clients fail, or the
 * Service will fail after the next ordinary change, or a field has no effect. `note`: it works, but not as one may think.
 */
export type Severity = "error" | "warning" | "note"

/** One thing that is wrong, or will be, with the object and field to look at and the smallest change that mends it. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  /** The object that is to be changed or looked at. */
  readonly object: ObjectRef
  /** The Service that suffers, when `object` is another one. */
  readonly service?: ObjectRef
  /** As kubectl explain writes it, `spec.ports[0].targetPort`; and the field's value as JSON text. */
  readonly path?: string
  readonly value?: string
  readonly message: string
  readonly fix: string
  readonly command?: string
  readonly rule?: RuleId
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"]

const place = ({ object, service }: Finding): string => {
  const { namespace = "", kind, name } = service ?? object
  return `${kind === "Service" ? 0 : 1} ${namespace} ${kind} ${name}`
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const compare = (a: Finding, b: Finding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  byText(a.code, b.code) ||
  byText(a.path ?? "", b.path ?? "") ||
  byText(a.message, b.message)

/** By Service (what concerns none comes last), then the worst first, then by code and field. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .map((finding) => ({ finding, at: place(finding) }))
    .sort((a, b) => byText(a.at, b.at) || compare(a.finding, b.finding))
    .map(({ finding }) => finding)
