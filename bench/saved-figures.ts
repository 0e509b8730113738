import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Figure } from "./measure.ts"

const file = join(import.meta.dirname, "figures.json")

/** By name: times as ratios to the calibration loop of their run, everything else in its unit. */
type SavedFigures = Readonly<Record<string, number>>

const WORSE = 1.25

/** Empty before the first `--save`. */
export const savedFigures = (): SavedFigures =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SavedFigures) : {}

/** Figures of groups that did not run stay as they were. */
export const saveFigures = (figures: SavedFigures): void =>
  writeFileSync(file, `${JSON.stringify({ ...savedFigures(), ...figures }, null, 2)}\n`)

/** A figure in the form that another machine can be compared by; `calibration` in milliseconds. */
export const comparable = ({ value, unit }: Figure, calibration: number): number => {
  const milliseconds = unit === "ms" ? value : unit === "µs" ? value / 1000 : undefined
  return Number((milliseconds === undefined ? value : milliseconds / calibration).toPrecision(4))
}

/** Is `now` worse than `before` by more than a quarter? */
export const isWorse = ({ better }: Figure, now: number, before: number): boolean =>
  better === "more" ? now * WORSE < before : now > before * WORSE
