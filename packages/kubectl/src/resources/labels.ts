import { plainError } from "../failure.ts"
import type { JsonRecord } from "../json-value.ts"

/** `app=web,tier=front` as a map. */
export const parseLabels = (source: string): JsonRecord =>
  Object.fromEntries(
    source
      .split(",")
      .filter((pair) => pair !== "")
      .map((pair) => {
        const equals = pair.indexOf("=")
        if (equals < 0) throw plainError(`unexpected label spec: ${pair}`)
        return [pair.slice(0, equals), pair.slice(equals + 1)]
      }),
  )
