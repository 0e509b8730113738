"use client"
import { memo } from "react"
import type { TimeMark } from "./protocol.ts"
import styles from "./time-bar.module.css"

/** Marks that would cover each other are drawn as one: the bar has room for so many. */
const PLACES = 240

interface DrawnMark {
  readonly place: number
  readonly label: string
  readonly more: number
}

const drawn = (marks: readonly TimeMark[], startedAt: number, duration: number): readonly DrawnMark[] => {
  const places = new Map<number, DrawnMark>()
  for (const { at, label } of marks) {
    const place = Math.round(((at - startedAt) / duration) * PLACES)
    const there = places.get(place)
    places.set(place, there ? { ...there, more: there.more + 1 } : { place, label, more: 0 })
  }
  return [...places.values()]
}

interface TimeMarksProps {
  readonly marks: readonly TimeMark[]
  readonly startedAt: number
  /** Milliseconds of the whole session so far, at least 1. */
  readonly duration: number
}

/** The inputs of a session over the time bar. */
export const TimeMarks = memo(({ marks, startedAt, duration }: TimeMarksProps) =>
  drawn(marks, startedAt, duration).map(({ place, label, more }) => (
    <span
      key={place}
      className={styles.mark}
      style={{ insetInlineStart: `${(place / PLACES) * 100}%` }}
      title={more === 0 ? label : `${label} and ${more} more`}
    />
  )),
)

TimeMarks.displayName = "TimeMarks"
