import Link from "next/link"
import styles from "./message.module.css"

const NotFound = () => (
  <div className={styles.message}>
    <h1>There is no such page</h1>
    <p>
      The address may be misspelt, or the page has moved. The <Link href="/course">course</Link> lists every lesson and
      lab.
    </p>
  </div>
)

export default NotFound
