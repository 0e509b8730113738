import { useState } from "react"
import { toHash } from "./permalink.ts"
import type { Scenario } from "./scenario.ts"
import styles from "./simulator.module.css"

interface LinkButtonProps {
  readonly name: string
  readonly scenario: Scenario
}

/** Puts the scenario into a link: into the clipboard, or where that is not allowed into the address bar. */
export function LinkButton({ name, scenario }: LinkButtonProps) {
  const [said, say] = useState("")
  const copy = async (): Promise<void> => {
    const link = new URL(toHash(name, scenario), location.href).href
    try {
      await navigator.clipboard.writeText(link)
      say("The link is copied")
    } catch {
      history.replaceState(null, "", link)
      say("The link is in the address bar")
    }
  }
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Link
      </button>
      <span role="status" className={styles.copied}>
        {said}
      </span>
    </>
  )
}
