import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Figure } from "./measure.ts"

const next = join(import.meta.dirname, "../apps/site/.next")

const htmlOf = (page: string): string => readFileSync(join(next, "server/app", `${page}.html`), "utf8")

const scriptOf = (source: string): string => readFileSync(join(next, source), "utf8")

/** KB (gzip). */
const weigh = (texts: readonly string[]): number =>
  texts.reduce((bytes, text) => bytes + gzipSync(text).length, 0) / 1024

/** The chunks that a text names. */
const named = (text: string): readonly string[] => text.match(/static\/chunks\/[A-Za-z0-9._~-]+\.js/g) ?? []

/** Every chunk that a built page names, in its script tags or in the data that it hydrates from: what runs at once. */
const scriptsOf = (page: string): readonly string[] => [...new Set(named(htmlOf(page)))]

/** Chunks that those chunks name in turn: what a page fetches when it is needed. */
const fetchedBy = (scripts: readonly string[]): readonly string[] => [
  ...new Set(scripts.flatMap((each) => named(scriptOf(each)))),
]

const EMPTY = "_not-found"
const LESSON = "course/clusterip"

/**
 * What a reader of a lesson transfers: of scripts what it costs beyond an empty page of the same site, which has the layout
 * only; then what its simulators fetch when one of them comes into view or is touched; and the page, whole without any of
 * it. None, and a line that says so, when the site is not built.
 */
export const pageFigures = (): readonly Figure[] => {
  if (![EMPTY, LESSON].every((page) => existsSync(join(next, "server/app", `${page}.html`)))) {
    console.log("The site is not built, so page weights are missing: run `pnpm run build` first.")
    return []
  }
  const empty = scriptsOf(EMPTY)
  const own = scriptsOf(LESSON).filter((each) => !empty.includes(each))
  const fetched = fetchedBy(own).filter((each) => !empty.includes(each) && !own.includes(each))
  return [
    { name: "scripts of an empty page (gzip)", value: weigh(empty.map(scriptOf)), unit: "KB", aim: Number.NaN },
    { name: "scripts of a lesson beyond an empty page (gzip)", value: weigh(own.map(scriptOf)), unit: "KB", aim: 35 },
    {
      name: "what a lesson's simulators fetch in view (gzip)",
      value: weigh(fetched.map(scriptOf)),
      unit: "KB",
      aim: Number.NaN,
    },
    { name: "a lesson's page itself (gzip)", value: weigh([htmlOf(LESSON)]), unit: "KB", aim: Number.NaN },
  ]
}
