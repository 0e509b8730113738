import type { Stage } from "../map/journey.ts"
import styles from "./trace-view.module.css"

const sentence = (stage: Stage): string => {
  if (stage.kind === "hop") return stage.hop.says
  const step = stage.steps.at(-1)
  if (step === undefined) return ""
  return `DNS ${step.server}: ${step.query} ${step.answers.length > 0 ? `is ${step.answers.join(", ")}` : step.rcode}`
}

/** What happens at the stage that the reader has reached. */
export function StageCaption({ stage }: { readonly stage: Stage | undefined }) {
  return <p className={styles.caption}>{stage ? sentence(stage) : " "}</p>
}
