"use client"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { yaml } from "@codemirror/lang-yaml"
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language"
import { linter, lintGutter, lintKeymap } from "@codemirror/lint"
import { EditorState } from "@codemirror/state"
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view"
import { tags } from "@lezer/highlight"
import { useEffect, useRef } from "react"
import type { ManifestProblem } from "./protocol.ts"
import styles from "./yaml-editor.module.css"

/** The site's own colours, so that both themes keep their contrast. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--loadbalancer)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket], color: "var(--muted)" },
])

interface YamlEditorProps {
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
  /** Ctrl-S or Cmd-S. */
  readonly onSave: () => void
  readonly lint: (text: string) => Promise<readonly ManifestProblem[]>
}

/** CodeMirror on one manifest, with the server's errors at the line. Escape, then Tab, leaves it by keyboard. */
export const YamlEditor = ({ label, text, onChange, onSave, lint }: YamlEditorProps) => {
  const host = useRef<HTMLDivElement>(null)
  const initial = useRef(text)
  const handlers = useRef({ onChange, onSave, lint })
  useEffect(() => {
    handlers.current = { onChange, onSave, lint }
  })
  useEffect(() => {
    const parent = host.current
    if (!parent) return
    const save = (): boolean => {
      handlers.current.onSave()
      return true
    }
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: initial.current,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          syntaxHighlighting(colours),
          yaml(),
          lintGutter(),
          linter(async (view) => [...(await handlers.current.lint(view.state.doc.toString()))], { delay: 400 }),
          keymap.of([
            { key: "Mod-s", run: save, preventDefault: true },
            ...lintKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) handlers.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    return () => editor.destroy()
  }, [label])
  return <div ref={host} className={styles.editor} />
}
