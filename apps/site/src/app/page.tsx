import { OneGlance } from "@pilotage/simulators"
import Link from "next/link"
import { loadCurriculum } from "../content/curriculum.ts"
import styles from "./home.module.css"

const USES = [
  {
    title: "On your own",
    text: "Lessons whose pictures are the real thing: change a port and the answer changes, with the rule that made it. Labs run in this tab; nothing to install, no account.",
    link: { href: "/course", text: "Start the course" },
  },
  {
    title: "In a workshop",
    text: "One process on one machine serves the room. Everybody opens the same address; each lab is graded on the server by replaying what the learner did.",
    link: { href: "/workshops", text: "Run a workshop" },
  },
  {
    title: "Hands on, graded",
    text: "A cluster that answers kubectl, curl and dig as a real one does. Checks say what was expected, what was seen, and which field caused it.",
    link: { href: "/labs/clusterip", text: "Open the first lab" },
  },
]

const HomePage = () => {
  const { course, labs } = loadCurriculum()
  return (
    <div className={styles.home}>
      <section className={styles.opening}>
        <h1>See where every request to a Kubernetes Service goes, and why.</h1>
        <div className={styles.doors}>
          <Link href="/course" className={styles.primary}>
            Start the course
          </Link>
          <Link href="/workshops" className={styles.secondary}>
            Run a workshop
          </Link>
        </div>
      </section>
      <section className={styles.picture} aria-label="One glance: three routes to one set of pods">
        <OneGlance running />
      </section>
      <section className={styles.uses} aria-label="Three ways to use Pilotage">
        {USES.map((use) => (
          <article key={use.title}>
            <h2>{use.title}</h2>
            <p>{use.text}</p>
            <Link href={use.link.href}>{use.link.text}</Link>
          </article>
        ))}
      </section>
      <section className={styles.course} aria-labelledby="course">
        <h2 id="course">{course.title}</h2>
        <ol>
          {[...labs.values()].map((lab) => (
            <li key={lab.id}>
              <Link href={`/course/${lab.id}`}>{lab.lesson.meta.title}</Link>
              <span>{lab.lesson.meta.summary}</span>
              <small>{lab.lesson.meta.minutes + lab.minutes} min with its lab</small>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

export default HomePage
