import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { courseLabs, findLab } from "../../../content/curriculum.ts"
import { WorkspaceLoader } from "../../../workspace/workspace-loader.tsx"

interface LabPageProps {
  readonly params: Promise<{ readonly lab: string }>
}

export const dynamicParams = false

export const generateStaticParams = () => courseLabs().map((lab) => ({ lab: lab.id }))

export const generateMetadata = async ({ params }: LabPageProps): Promise<Metadata> => {
  const lab = findLab((await params).lab)
  return lab ? { title: `Lab: ${lab.title}`, description: lab.summary } : {}
}

/** The workspace gets the lab without its solutions. */
const LabPage = async ({ params }: LabPageProps) => {
  const lab = findLab((await params).lab)
  if (!lab) notFound()
  const { solution: _solution, wrong: _wrong, alternatives: _alternatives, lesson: _lesson, ...brief } = lab
  return <WorkspaceLoader lab={brief} />
}

export default LabPage
