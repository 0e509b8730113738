import { briefOf } from "@pilotage/lab-kit"
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
  return <WorkspaceLoader lab={briefOf(lab)} />
}

export default LabPage
