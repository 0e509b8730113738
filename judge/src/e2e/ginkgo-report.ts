import { z } from "zod"
import { readJson } from "../case-file.ts"

/** What is read of a report that Ginkgo v2 writes with `--ginkgo.json-report`: a list of suites, here one. */
const ginkgoReport = z.array(
  z.object({
    SpecReports: z.array(
      z.object({
        ContainerHierarchyTexts: z.array(z.string()).nullable(),
        LeafNodeType: z.string(),
        LeafNodeText: z.string(),
        State: z.string(),
        /** Nanoseconds; 0 for what was not chosen. */
        RunTime: z.number(),
        Failure: z.object({ Message: z.string() }).optional(),
      }),
    ),
  }),
)

/** `failed`: also what panicked, ran out of time or was broken off. `skipped`: the test itself said that it cannot run here. */
export type TestState = "passed" | "failed" | "skipped"

export interface TestResult {
  /** `sig-network`, or `(none)`. */
  readonly group: string
  /** All of its texts, without the group: `Services should serve a basic endpoint from pods [Conformance]`. */
  readonly name: string
  readonly state: TestState
  readonly seconds: number
  /** The first line that tells, of those that did not pass. */
  readonly reason?: string
}

const STATES: Readonly<Record<string, TestState>> = { passed: "passed", skipped: "skipped" }

const GROUP = /^\[(sig-[\w-]+)\]\s*/

/** Ginkgo's messages begin with what was expected, indented, over many lines: these are one reason. */
const MOST_CHARACTERS = 300
const reasonOf = (message: string): string => {
  const text = message.replace(/\s+/g, " ").trim()
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`
}

/**
 * The tests that a report's run chose, in the order of their groups and names. Throws a CaseFileError for a file of
 * another shape. Of the thousands that the focus left out Ginkgo says `skipped` too, but without a word why.
 */
export const readGinkgoReport = (file: string): readonly TestResult[] =>
  readJson(file, ginkgoReport)
    .flatMap(({ SpecReports }) => SpecReports)
    .filter(({ LeafNodeType, State, Failure }) => LeafNodeType === "It" && (State !== "skipped" || Failure))
    .map(({ ContainerHierarchyTexts, LeafNodeText, State, RunTime, Failure }) => {
      const text = [...(ContainerHierarchyTexts ?? []), LeafNodeText].join(" ")
      const state = STATES[State] ?? "failed"
      return {
        group: GROUP.exec(text)?.[1] ?? "(none)",
        name: text.replace(GROUP, ""),
        state,
        seconds: Math.round(RunTime / 1e8) / 10,
        ...(state === "passed" ? {} : { reason: Failure ? reasonOf(Failure.Message) : State }),
      }
    })
    .sort((one, other) => one.group.localeCompare(other.group, "en") || one.name.localeCompare(other.name, "en"))
