"use client"
import { useState } from "react"
import type { EngineClient, EngineState } from "./engine-client.ts"
import styles from "./files-pane.module.css"
import { YamlEditor } from "./yaml-editor.tsx"

interface FilesPaneProps {
  readonly engine: EngineClient
  readonly state: EngineState
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1)

/** The learner's files: edit, save, apply. What a command opens to edit (kubectl edit, vi) comes here too. */
export const FilesPane = ({ engine, state }: FilesPaneProps) => {
  const files = state.view?.files ?? {}
  const paths = Object.keys(files).sort()
  const [path, setPath] = useState<string>()
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({})
  const [edited, setEdited] = useState<string>()
  const lint = (text: string) => engine.lint(text)

  if (state.editing) {
    const { name, text } = state.editing
    return (
      <section className={styles.pane} aria-label="Editor">
        <header className={styles.bar}>
          <h2>{name}</h2>
          <button type="button" onClick={() => engine.closeEditor()}>
            Quit without saving
          </button>
          <button type="button" className={styles.primary} onClick={() => engine.closeEditor(edited ?? text)}>
            Save and close
          </button>
        </header>
        <YamlEditor
          key={`${name} ${text.length}`}
          label={`Editing ${name}`}
          text={text}
          onChange={setEdited}
          onSave={() => engine.closeEditor(edited ?? text)}
          lint={lint}
        />
      </section>
    )
  }

  const current = path !== undefined && paths.includes(path) ? path : paths[0]
  if (current === undefined)
    return (
      <section className={styles.pane} aria-label="Files">
        <p className={styles.empty}>No files yet. Write one in the terminal, for example with vi web.yaml.</p>
      </section>
    )
  const saved = files[current] ?? ""
  const draft = drafts[current] ?? saved
  const save = (): void => {
    engine.send({ kind: "write-file", path: current, text: draft })
    setDrafts(({ [current]: _saved, ...rest }) => rest)
  }
  return (
    <section className={styles.pane} aria-label="Files">
      <header className={styles.bar}>
        <label>
          <span className="visually-hidden">File</span>
          <select value={current} onChange={(event) => setPath(event.target.value)}>
            {paths.map((each) => (
              <option key={each} value={each}>
                {baseName(each)}
                {drafts[each] !== undefined && drafts[each] !== files[each] ? " (not saved)" : ""}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={save} disabled={draft === saved}>
          Save
        </button>
        <button
          type="button"
          className={styles.primary}
          onClick={() => {
            save()
            engine.send({ kind: "type", line: `kubectl apply -f ${baseName(current)}` })
          }}
        >
          Save and apply
        </button>
      </header>
      <YamlEditor
        key={`${current} ${saved}`}
        label={`File ${baseName(current)}`}
        text={draft}
        onChange={(text) => setDrafts((before) => ({ ...before, [current]: text }))}
        onSave={save}
        lint={lint}
      />
    </section>
  )
}
