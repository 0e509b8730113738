import { OneGlance, ServiceLab, type ServiceLabProps } from "@pilotage/simulators"
import { getMDXComponent } from "mdx-bundler/client"
import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { courseLabs, findLab } from "../../../content/curriculum.ts"
import { compileLesson } from "../../../lesson/compile-lesson.ts"
import { Prediction } from "../../../lesson/prediction.tsx"
import styles from "../../../lesson/prose.module.css"
import { Aside, LabLink, Term } from "../../../lesson/prose.tsx"

interface LessonPageProps {
  readonly params: Promise<{ readonly lesson: string }>
}

export const dynamicParams = false

export const generateStaticParams = () => courseLabs().map((lab) => ({ lesson: lab.id }))

export const generateMetadata = async ({ params }: LessonPageProps): Promise<Metadata> => {
  const lab = findLab((await params).lesson)
  return lab ? { title: lab.lesson.meta.title, description: lab.lesson.meta.summary } : {}
}

const LessonPage = async ({ params }: LessonPageProps) => {
  const lab = findLab((await params).lesson)
  if (!lab) notFound()
  const labs = courseLabs()
  const place = labs.indexOf(lab)
  const [before, after] = [labs[place - 1], labs[place + 1]]
  const { meta, body } = lab.lesson
  const Content = getMDXComponent(await compileLesson(body))
  return (
    <div className={styles.page}>
      <nav className={styles.contents} aria-label="Lessons">
        <strong>The course</strong>
        <ol>
          {labs.map((each) => (
            <li key={each.id}>
              <Link href={`/course/${each.id}`} aria-current={each === lab ? "page" : undefined}>
                {each.lesson.meta.title}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <article className={styles.prose}>
        <h1>{meta.title}</h1>
        <p className={styles.lead}>{meta.summary}</p>
        <ul className={styles.objectives} aria-label="What you will be able to do">
          {meta.objectives.map((objective) => (
            <li key={objective}>{objective}</li>
          ))}
        </ul>
        <Content
          components={{
            OneGlance: () => (
              <div className={styles.figure}>
                <OneGlance />
              </div>
            ),
            ServiceLab: (props: ServiceLabProps) => (
              <div className={styles.figure}>
                <ServiceLab {...props} />
              </div>
            ),
            Prediction,
            Term,
            Aside,
            LabLink: () => <LabLink lab={lab.id} title={lab.title} minutes={lab.minutes} />,
          }}
        />
        <nav className={styles.turn} aria-label="Previous and next lesson">
          {before && <Link href={`/course/${before.id}`}>← {before.lesson.meta.title}</Link>}
          {after && <Link href={`/course/${after.id}`}>{after.lesson.meta.title} →</Link>}
        </nav>
      </article>
    </div>
  )
}

export default LessonPage
