"use client"
import { useSyncExternalStore } from "react"
import styles from "./theme-switch.module.css"

const KEY = "pilotage.theme"
const ORDER = ["system", "light", "dark"] as const
type Theme = (typeof ORDER)[number]

const MARKS: Readonly<Record<Theme, string>> = { system: "◐", light: "○", dark: "●" }
const listeners = new Set<() => void>()

const current = (): Theme => {
  const theme = document.documentElement.dataset.theme
  return theme === "light" || theme === "dark" ? theme : "system"
}

const choose = (theme: Theme): void => {
  if (theme === "system") {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(KEY, theme)
    document.documentElement.dataset.theme = theme
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Goes round: as the system says, light, dark. */
export const ThemeSwitch = () => {
  const theme = useSyncExternalStore<Theme>(subscribe, current, () => "system")
  const next = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system"
  return (
    <button
      type="button"
      className={styles.switch}
      aria-label={`Theme: ${theme}. Change to ${next}`}
      title={`Theme: ${theme}`}
      onClick={() => choose(next)}
    >
      <span aria-hidden="true">{MARKS[theme]}</span>
    </button>
  )
}
