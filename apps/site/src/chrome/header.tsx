import Link from "next/link"
import styles from "./header.module.css"
import { ThemeSwitch } from "./theme-switch.tsx"

/** The same on every page: where home is, the course, workshops, the rules, the theme. */
export const Header = () => (
  <header className={styles.header}>
    <Link href="/" className={styles.name}>
      <svg viewBox="0 0 24 24" aria-hidden="true" className={styles.mark}>
        <path d="M12 2.5 14 9h-4z" />
        <circle cx="12" cy="12.5" r="4" />
        <path d="M3 20c3-2 6-2 9 0s6 2 9 0" />
      </svg>
      Pilotage
    </Link>
    <nav aria-label="Main">
      <Link href="/course">Course</Link>
      <Link href="/workshops">Workshops</Link>
      <Link href="/rules">Rules</Link>
    </nav>
    <ThemeSwitch />
  </header>
)
