/**
 * `pnpm bench [engine|api|input|routing|monsters|page] [--save]`: figures beside their aims, as ratios to a calibration loop of the same run
 * and beside those saved last in figures.json. No figure fails the run.
 */
import { parseArgs } from "node:util"
import { apiFigures } from "./api.ts"
import { badInputFigures } from "./bad-input.ts"
import { engineFigures } from "./engine.ts"
import { calibrate, type Figure, shareOf } from "./measure.ts"
import { monsterFigures } from "./monsters.ts"
import { pageFigures } from "./page-weight.ts"
import { routingFigures } from "./routing.ts"
import { comparable, isWorse, savedFigures, saveFigures } from "./saved-figures.ts"

const GROUPS: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  engine: engineFigures,
  api: apiFigures,
  input: badInputFigures,
  routing: routingFigures,
  monsters: monsterFigures,
  page: pageFigures,
}

/** Below this share of a processor figures say more about other programs than about this one. */
const BUSY = 0.9

const { values, positionals } = parseArgs({ allowPositionals: true, options: { save: { type: "boolean" } } })
const unknown = positionals.filter((name) => !Object.hasOwn(GROUPS, name))
if (unknown.length) {
  console.error(`There is no group ${unknown.join(", ")}; there are ${Object.keys(GROUPS).join(", ")}.`)
  process.exit(2)
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(54) : cell.padStart(index < 3 ? 12 : 11))).join("")

const number = (value: number): string =>
  value.toLocaleString(
    "en-US",
    value < 10 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: value < 100 ? 1 : 0 },
  )

const before = savedFigures()
const now: Record<string, number> = {}
const worse: string[] = []
for (const [group, measure] of Object.entries(GROUPS)) {
  if (positionals.length && !positionals.includes(group)) continue
  const calibration = calibrate()
  console.log(`\n${group}: calibration loop ${calibration.toFixed(2)} ms`)
  console.log(row(["figure", "value", "aim", "÷ calib.", "saved"]))
  const { result, share } = await shareOf(measure)
  for (const figure of result) {
    const { name, value, unit, aim, note } = figure
    if (Number.isNaN(value)) {
      console.log(row([name, note ?? "skipped"]))
      continue
    }
    const ratio = comparable(figure, calibration)
    const saved = before[name]
    now[name] = ratio
    console.log(
      row([
        name,
        `${number(value)} ${unit}`,
        Number.isNaN(aim) ? "" : `${number(aim)} ${unit}`,
        unit === "ms" || unit === "µs" ? ratio.toPrecision(3) : "",
        saved === undefined ? "" : saved.toPrecision(3),
        note === undefined ? "" : `   ${note}`,
      ]),
    )
    if (saved !== undefined && isWorse(figure, ratio, saved))
      worse.push(`${name}: ${saved.toPrecision(3)} before, ${ratio.toPrecision(3)} now`)
  }
  // Processes and connections are waited for: there the figures' own notes tell of the processor.
  if (share < BUSY && group !== "api")
    console.log(
      `The machine was busy: the bench had a processor for ${number(share * 100)} % of the time. Repeat when it is quiet.`,
    )
}

if (worse.length) console.log(`\nWorse by more than 25 % than saved:\n${worse.map((line) => `  ${line}`).join("\n")}`)
else if (Object.keys(before).length) console.log("\nNothing is worse by more than 25 % than saved.")
if (values.save) saveFigures(now)
