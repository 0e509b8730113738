"use client"
import "@xterm/xterm/css/xterm.css"
import { FitAddon } from "@xterm/addon-fit"
import { Terminal } from "@xterm/xterm"
import { useEffect, useId, useRef, useState } from "react"
import type { EngineClient, EngineState } from "./engine-client.ts"
import styles from "./terminal-pane.module.css"

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** Resolves a colour token to what the canvas understands; `light-dark()` needs a real element for that. */
const colour = (name: string): string => {
  const probe = document.createElement("span")
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

const theme = () => ({
  background: colour("--terminal-ground"),
  foreground: colour("--terminal-ink"),
  cursor: colour("--accent"),
  cursorAccent: colour("--terminal-ground"),
  selectionBackground: colour("--terminal-selection"),
})

const KEYS = [
  { label: "Tab", data: "\t" },
  { label: "↑", name: "Previous command", data: "\u001b[A" },
  { label: "Ctrl-C", data: "\u0003" },
  { label: "|", data: "|" },
  { label: "-", data: "-" },
  { label: "/", data: "/" },
]

interface TerminalPaneProps {
  readonly engine: EngineClient
  readonly state: EngineState
}

/** The learner's terminal; beside it, on request, the transcript: each command with its exit code and output as text. */
export const TerminalPane = ({ engine, state }: TerminalPaneProps) => {
  const host = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal>(null)
  const [asText, setAsText] = useState(false)
  const transcriptId = useId()

  useEffect(() => {
    const element = host.current
    if (!element) return
    const screen = new Terminal({
      fontFamily: token("--font-mono") || "monospace",
      fontSize: 13,
      lineHeight: 1.25,
      cursorBlink: false,
      scrollback: 5000,
      screenReaderMode: true,
      theme: theme(),
    })
    const fit = new FitAddon()
    screen.loadAddon(fit)
    screen.open(element)
    terminal.current = screen
    // Shift-Tab and Escape leave the terminal: Tab itself completes words in it.
    screen.attachCustomKeyEventHandler((event) => !(event.key === "Tab" && event.shiftKey) && event.key !== "Escape")
    const typed = screen.onData((data) => engine.send({ kind: "keys", data }))
    const detach = engine.attachScreen((text) => screen.write(text))
    const resize = (): void => {
      fit.fit()
      engine.send({ kind: "resize", columns: screen.cols })
    }
    resize()
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    const repaint = (): void => {
      screen.options.theme = theme()
    }
    const themes = new MutationObserver(repaint)
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] })
    const dark = matchMedia("(prefers-color-scheme: dark)")
    dark.addEventListener("change", repaint)
    return () => {
      dark.removeEventListener("change", repaint)
      themes.disconnect()
      observer.disconnect()
      detach()
      typed.dispose()
      screen.dispose()
      terminal.current = null
    }
  }, [engine])

  return (
    <section className={styles.pane} aria-label="Terminal">
      <header className={styles.bar}>
        <h2>Terminal</h2>
        <button type="button" aria-expanded={asText} aria-controls={transcriptId} onClick={() => setAsText(!asText)}>
          Transcript
        </button>
      </header>
      <div className={styles.body}>
        <div ref={host} className={styles.screen} data-testid="terminal" />
        <ol id={transcriptId} hidden={!asText} className={styles.transcript} aria-label="Transcript of commands">
          {state.transcript.length === 0 && <li>No command has been run yet.</li>}
          {state.transcript.map((record) => (
            <li key={record.id}>
              <code>$ {record.command}</code>
              <pre>{record.output || "(no output)"}</pre>
              <span>exit code {record.exitCode}</span>
            </li>
          ))}
        </ol>
      </div>
      <fieldset className={styles.keys} aria-label="Keys for touch screens">
        {KEYS.map((key) => (
          <button
            key={key.label}
            type="button"
            aria-label={key.name ?? key.label}
            onClick={() => {
              engine.send({ kind: "keys", data: key.data })
              terminal.current?.focus()
            }}
          >
            {key.label}
          </button>
        ))}
      </fieldset>
    </section>
  )
}
