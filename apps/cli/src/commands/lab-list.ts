import type { Curriculum } from "@pilotage/lab-files"

/** The course as text: modules, and for each lab its id, time and title. */
export const listLabs = ({ course, labs }: Curriculum): string =>
  course.modules
    .map((module) => {
      const lines = module.labs.map((folder) => {
        const lab = labs.get(folder)
        return lab ? `  ${lab.id.padEnd(16)} ${String(lab.minutes).padStart(3)} min  ${lab.title}\n` : ""
      })
      return `${module.title}\n${lines.join("")}`
    })
    .join("\n")
