import type { Finding, Severity } from "@pilotage/routing-core"
import type { SourcePlace } from "../sources/source-error.ts"

/** A finding, and where its object's field was written, if in a file. */
export interface PlacedFinding extends Finding {
  readonly place?: SourcePlace
}

/** All that a run of the doctor has to say. */
export interface Report {
  /** `labs/01-clusterip/start`, `context kind-pilotage`. */
  readonly source: string
  /** How many Services were looked at. */
  readonly services: number
  readonly findings: readonly PlacedFinding[]
}

export const SEVERITIES: readonly Severity[] = ["error", "warning", "note"]

export const countOf = ({ findings }: Report, severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length

/** 1 when there is something as bad as `failOn` or worse, else 0. */
export const exitCodeOf = ({ findings }: Report, failOn: Severity): 0 | 1 =>
  findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn)) ? 1 : 0

export const reportJson = (report: Report): string => {
  const { source, services, findings } = report
  const summary = {
    services,
    errors: countOf(report, "error"),
    warnings: countOf(report, "warning"),
    notes: countOf(report, "note"),
  }
  return `${JSON.stringify({ source, summary, findings }, null, 2)}\n`
}
