import type { Answers } from "@pilotage/lab-kit"
import type { SessionLog } from "@pilotage/lab-session"

/** A learner's work on one lab as this browser keeps it, so that a reload loses nothing. */
export interface SavedWork {
  readonly labVersion: string
  readonly seed: number
  readonly log?: SessionLog
  readonly files?: Readonly<Record<string, string>>
  readonly answers: Answers
}

const keyOf = (labId: string): string => `pilotage.work.${labId}`

/** The work kept for this lab; undefined when there is none, or it belongs to another version of the lab. */
export const loadWork = (labId: string, labVersion: string): SavedWork | undefined => {
  const text = localStorage.getItem(keyOf(labId))
  if (!text) return undefined
  try {
    const work = JSON.parse(text) as SavedWork
    return work.labVersion === labVersion ? work : undefined
  } catch {
    localStorage.removeItem(keyOf(labId))
    return undefined
  }
}

/** Returns why the work could not be kept (the browser's storage is full or forbidden), or undefined. */
export const saveWork = (labId: string, work: SavedWork): string | undefined => {
  try {
    localStorage.setItem(keyOf(labId), JSON.stringify(work))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export const forgetWork = (labId: string): void => localStorage.removeItem(keyOf(labId))
