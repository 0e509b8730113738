import Link from "next/link"
import type { ReactNode } from "react"
import styles from "./prose.module.css"

interface WithChildren {
  readonly children: ReactNode
}

interface TermProps extends WithChildren {
  readonly name: string
}

/** A word of the field with its meaning: in the margin where there is room, below the line where not. */
export const Term = ({ name, children }: TermProps) => (
  <span className={styles.term}>
    <dfn>{name}</dfn>
    <small className={styles.note}>
      <b>{name} </b>
      {children}
    </small>
  </span>
)

interface AsideProps extends WithChildren {
  readonly title?: string
}

export const Aside = ({ title, children }: AsideProps) => (
  <aside className={styles.aside}>
    {title !== undefined && <strong>{title}</strong>}
    {children}
  </aside>
)

interface LabLinkProps {
  readonly lab: string
  readonly title: string
  readonly minutes: number
}

/** The door from a lesson into its lab. */
export const LabLink = ({ lab, title, minutes }: LabLinkProps) => (
  <Link href={`/labs/${lab}`} className={styles.lab}>
    <span>
      <small>Lab, about {minutes} minutes</small>
      {title}
    </span>
    <span aria-hidden="true">→</span>
  </Link>
)
