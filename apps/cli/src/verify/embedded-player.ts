import { setImmediate } from "node:timers/promises"
import { playScript } from "@pilotage/lab-session"
import type { Player } from "./verify-lab.ts"

/** Plays on the embedded cluster: virtual time, no network, the same outcome every time. */
export const embeddedPlayer: Player = async (lab, script, answers) => {
  const played = await playScript(lab, script, answers, async () => {
    await setImmediate()
  })
  if (!played.ok) throw new Error(played.error)
  return played.value
}
