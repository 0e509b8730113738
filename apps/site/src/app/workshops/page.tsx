import type { Metadata } from "next"
import Link from "next/link"
import styles from "./workshops.module.css"

export const metadata: Metadata = { title: "Run a workshop" }

const WorkshopsPage = () => (
  <div className={styles.page}>
    <h1>Run a workshop</h1>
    <p className={styles.lead}>
      One machine in the room is enough. Learners need a browser; each lab runs in their own tab, so a slow network only
      matters while the page loads.
    </p>
    <ol className={styles.steps}>
      <li>
        <h2>Start Pilotage where everybody can reach it</h2>
        <p>
          On a Linux machine with Node 20: <code>npx --yes pnpm@12.21.0 start</code>. It listens on loopback only. Put a
          reverse proxy with TLS in front of it and send the room to that address.
        </p>
      </li>
      <li>
        <h2>Teach from the lessons</h2>
        <p>
          Each lesson of <Link href="/course">the course</Link> has a simulator that projects well. Ask for the
          prediction, let the room decide, then send the ship. <em>Link</em> copies the exact state of a simulator for
          the chat.
        </p>
      </li>
      <li>
        <h2>Let everybody solve the lab</h2>
        <p>
          Nobody signs up: a cookie holds an anonymous learner. <em>Check</em> sends the learner&rsquo;s steps to your
          machine, which replays and grades them; results survive a reload and a restart.
        </p>
      </li>
      <li>
        <h2>Keep the results</h2>
        <p>
          They are rows in PostgreSQL: the embedded one in <code>PILOTAGE_DATA</code>, or yours through{" "}
          <code>DATABASE_URL</code>.
        </p>
      </li>
    </ol>
  </div>
)

export default WorkshopsPage
