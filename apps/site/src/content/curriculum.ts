import { join } from "node:path"
import { type Curriculum, readCurriculum } from "@pilotage/lab-files"
import type { Lab } from "@pilotage/lab-kit"
import { cache } from "react"

const root = join(process.cwd(), "../../labs")

/** The course as it stands in `labs/` at build time. A lab that does not hold fails the build with all its problems. */
export const loadCurriculum = cache((): Curriculum => {
  const curriculum = readCurriculum(root)
  if (curriculum.ok) return curriculum.value
  const lines = curriculum.error.map(
    (error) => `labs/${error.file}:${error.line}:${error.column} ${error.path} ${error.message}. ${error.fix}`,
  )
  throw new Error(`The labs cannot be read:\n${lines.join("\n")}`)
})

/** All labs in the course's order. */
export const courseLabs = (): readonly Lab[] => [...loadCurriculum().labs.values()]

export const findLab = (id: string): Lab | undefined => courseLabs().find((lab) => lab.id === id)
