import { RESOURCES, strategyOf } from "@pilotage/embedded-cluster/judging"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import { compared, type JudgedCase } from "../verdict.ts"
import { objectSchema } from "./format.ts"
import { canonicalText } from "./json.ts"

const rowsSchema = z.array(z.object({ id: z.string(), kind: z.string(), input: objectSchema, output: objectSchema }))

/** defaults: what the API adds to what was not given. */
export function* judgeDefaults(file: string): Iterable<JudgedCase> {
  for (const { id, kind, input, output } of readJson(file, rowsSchema)) {
    const resource = RESOURCES.find((each) => each.kind === kind)?.stored
    if (!resource) yield { id, outcome: { kind: "not-judged", reason: `${kind} is not served` } }
    else yield { id, outcome: compared(canonicalText(output), canonicalText(strategyOf(resource).defaults(input))) }
  }
}
