import type { Stage } from "../map/journey.ts"
import styles from "./trace-view.module.css"
import { dnsOutcomeText } from "./words.ts"

const sentence = (stage: Stage): string => {
  if (stage.kind === "hop") return stage.hop.says
  const step = stage.steps.at(-1)
  if (step === undefined) return ""
  return `DNS ${step.server}: ${dnsOutcomeText(step)}`
}

/** What happens at the stage that the reader has reached. */
export function StageCaption({ stage }: { readonly stage: Stage | undefined }) {
  return <p className={styles.caption}>{stage ? sentence(stage) : " "}</p>
}
