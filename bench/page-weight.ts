import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Figure } from "./measure.ts"

const next = join(import.meta.dirname, "../apps/site/.next")

/**
 * KB (gzip) of every chunk that a built page names, in its script tags or in the data that it hydrates from: what loads
 * at once and what loads lazily right after. Undefined when the site is not built.
 */
const scriptsOf = (page: string): number | undefined => {
  const html = join(next, "server/app", `${page}.html`)
  if (!existsSync(html)) return undefined
  const named = readFileSync(html, "utf8").matchAll(/static\/chunks\/[A-Za-z0-9._~-]+\.js/g)
  const sources = new Set([...named].map(([source]) => source))
  let bytes = 0
  for (const source of sources) bytes += gzipSync(readFileSync(join(next, source))).length
  return bytes / 1024
}

/** What a lesson costs beyond an empty page of the same site, which has the layout only. */
const lessonWeight = (lesson: string): { readonly lesson: number; readonly empty: number } | undefined => {
  const weight = scriptsOf(`course/${lesson}`)
  const empty = scriptsOf("_not-found")
  return weight === undefined || empty === undefined ? undefined : { lesson: weight, empty }
}

/** None, and a line that says so, when the site is not built. */
export const pageFigures = (): readonly Figure[] => {
  const weight = lessonWeight("clusterip")
  if (!weight) {
    console.log("The site is not built, so page weights are missing: run `pnpm run build` first.")
    return []
  }
  const beyond = weight.lesson - weight.empty
  return [
    { name: "scripts of an empty page (gzip)", value: weight.empty, unit: "KB", aim: Number.NaN },
    { name: "scripts of a lesson beyond an empty page (gzip)", value: beyond, unit: "KB", aim: 35 },
  ]
}
