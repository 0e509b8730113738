import type { Metadata } from "next"
import Link from "next/link"
import { loadCurriculum } from "../../content/curriculum.ts"
import styles from "./course.module.css"

export const metadata: Metadata = { title: "The course" }

const CoursePage = () => {
  const { course, labs } = loadCurriculum()
  return (
    <div className={styles.course}>
      <h1>{course.title}</h1>
      <p className={styles.summary}>{course.summary}</p>
      {course.modules.map((module) => (
        <section key={module.id} aria-labelledby={module.id}>
          <h2 id={module.id}>{module.title}</h2>
          <p>{module.summary}</p>
          <ol className={styles.lessons}>
            {module.labs.map((folder) => {
              const lab = labs.get(folder)
              return lab ? (
                <li key={lab.id}>
                  <Link href={`/course/${lab.id}`}>{lab.lesson.meta.title}</Link>
                  <p>{lab.lesson.meta.summary}</p>
                  <p className={styles.facts}>
                    Lesson {lab.lesson.meta.minutes} min · <Link href={`/labs/${lab.id}`}>Lab: {lab.title}</Link>{" "}
                    {lab.minutes} min
                  </p>
                </li>
              ) : null
            })}
          </ol>
        </section>
      ))}
    </div>
  )
}

export default CoursePage
