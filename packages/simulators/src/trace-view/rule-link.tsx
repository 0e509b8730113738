import type { RuleId } from "@pilotage/routing-core"
import styles from "./trace-view.module.css"

export interface RuleLinkProps {
  readonly rule: RuleId
}

/** A rule's number, which leads to its sentence and source on the site. In a tab of its own: the picture stays as it is. */
export const RuleLink = ({ rule }: RuleLinkProps) => (
  <a className={styles.rule} href={`/rules#${rule}`} target="rules" aria-label={`Rule ${rule}, opens in another tab`}>
    {rule}
  </a>
)
