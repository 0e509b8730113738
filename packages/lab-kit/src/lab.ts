import type { KubeObject } from "@pilotage/kube-model"
import type { CheckOf } from "./schema/check-schema.ts"
import type { LessonMeta } from "./schema/course-schema.ts"
import type { LabSpec, WrongSpec } from "./schema/lab-schema.ts"

/** A folder as data: paths relative to the lab's folder, with `/`, to texts. */
export type LabFiles = Readonly<Record<string, string>>

/** What an author must know to repair a lab. Lines and columns count from 1; 0 when a whole file is meant. */
export interface LabError {
  readonly file: string
  readonly path: string
  readonly line: number
  readonly column: number
  readonly message: string
  /** What to do about it. */
  readonly fix: string
}

export interface Lesson {
  readonly meta: LessonMeta
  /** MDX without its front matter. */
  readonly body: string
}

/** Commands that a learner could have typed, and what must come of them. */
export interface WrongAnswer extends WrongSpec {
  readonly name: string
  readonly script: string
}

export interface Alternative {
  readonly name: string
  readonly script: string
}

/** A lab, checked and complete. JSON all through: may be stored and sent. */
export interface Lab extends LabSpec {
  /** Content hash of what grading depends on (`labContent`). */
  readonly version: string
  /** Objects at the start, in the order they are applied; namespaces filled in. */
  readonly start: readonly KubeObject[]
  /** Files in the learner's home folder, by name. */
  readonly home: Readonly<Record<string, string>>
  readonly solution: string
  readonly wrong: readonly WrongAnswer[]
  readonly alternatives: readonly Alternative[]
  readonly lesson: Lesson
}

/** A lab without the ways to solve it: all that a learner's browser and the grader need. */
export type LabBrief = Omit<Lab, "solution" | "wrong" | "alternatives" | "lesson">

/** Takes the ways to solve it out of a lab. */
export const briefOf = (lab: Lab): LabBrief => {
  const { solution: _solution, wrong: _wrong, alternatives: _alternatives, lesson: _lesson, ...brief } = lab
  return brief
}

/** Answers to `answer` checks: check id to option id. */
export type Answers = Readonly<Record<string, string>>

/** The right answer to every question of a lab. */
export const rightAnswers = (lab: LabSpec): Answers =>
  Object.fromEntries(
    lab.tasks
      .flatMap((task) => task.checks)
      .filter((check): check is CheckOf<"answer"> => check.kind === "answer")
      .map((check) => [check.id, check.correct]),
  )
