import type { RuleId } from "../trace-types.ts"
import type { Finding, Severity } from "./finding.ts"
import type { FindingCode } from "./findings.ts"
import type { Subject } from "./survey/subject.ts"
import type { Survey } from "./survey/survey.ts"

/** Looks at one Service. Costs what the Service selects and lists, never the size of the cluster. */
export type ServiceCheck = (subject: Subject, survey: Survey) => readonly Finding[]

/** Looks at what is no Service's own. */
export type ClusterCheck = (survey: Survey) => readonly Finding[]

export const NOTHING: readonly Finding[] = []

interface Words {
  readonly message: string
  readonly fix: string
  readonly path?: string
  readonly value?: string
  readonly command?: string
  readonly rule?: RuleId
}

/** A finding about the Service itself. */
export const found = ({ ref }: Subject, severity: Severity, code: FindingCode, words: Words): Finding => ({
  code,
  severity,
  object: ref,
  ...words,
})
