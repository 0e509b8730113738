import { err, ok, type Result } from "@pilotage/kube-model"
import { RULES } from "@pilotage/routing-core"
import type { SourceError } from "../sources/source-error.ts"
import { labelled, type Page } from "./text-layout.ts"

/** What rules say: all, or those named in `ids`, `R17,R23`. */
export const rulesText = (ids: string | undefined, page: Page): Result<string, SourceError> => {
  const wanted = ids?.split(",").map((id) => id.trim().toUpperCase())
  const known: readonly (readonly [string, string])[] = Object.entries(RULES)
  const unknown = (wanted ?? []).filter((id) => !known.some(([each]) => each === id))
  if (unknown.length > 0)
    return err({ message: `there is no rule ${unknown.join(", ")}`, fix: "pilotage trace --rules lists all of them." })
  const shown = known.filter(([id]) => wanted === undefined || wanted.includes(id))
  return ok(shown.map(([id, sentence]) => labelled(page, id, sentence, 5)).join(""))
}
