"use client"
import type { LabBrief, LabResult } from "@pilotage/lab-kit"
import { useEffect, useState } from "react"
import { CurlsPane } from "./curls-pane.tsx"
import { DesktopLayout } from "./desktop-layout.tsx"
import { FilesPane } from "./files-pane.tsx"
import { type Graded, gradeOnServer, storedResult } from "./grading.ts"
import { MapPane } from "./map-pane.tsx"
import { PhoneLayout } from "./phone-layout.tsx"
import { TaskList } from "./task-list.tsx"
import { TerminalPane } from "./terminal-pane.tsx"
import { TimeBar } from "./time-bar.tsx"
import { useEngine } from "./use-engine.ts"
import { useMedia } from "./use-media.ts"
import { Verdict } from "./verdict.tsx"
import styles from "./workspace.module.css"

interface WorkspaceProps {
  readonly lab: LabBrief
}

/** The result that the server keeps for this learner, read once. */
const useStoredResult = (labId: string): LabResult | undefined => {
  const [stored, setStored] = useState<LabResult>()
  useEffect(() => {
    let gone = false
    storedResult(labId).then(
      (result) => {
        if (!gone) setStored(result)
      },
      // Without a server the lab still works; the verdict line says that nothing was graded.
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [labId])
  return stored
}

/** One lab: tasks with live checks, the map, the terminal, the files and the time bar around one engine. */
export const Workspace = ({ lab }: WorkspaceProps) => {
  const { engine, state } = useEngine(lab)
  const stored = useStoredResult(lab.id)
  const [graded, setGraded] = useState<Graded>()
  const [grading, setGrading] = useState(false)
  const [chosen, setChosen] = useState<number>()
  const narrow = useMedia("(max-width: 760px)")

  if (state.failure !== undefined)
    return (
      <div className={styles.failure} role="alert">
        <h1>{lab.title}</h1>
        <p>The lab could not be started: {state.failure}</p>
        <button type="button" onClick={() => engine.reset()}>
          Throw my work on this lab away and start again
        </button>
      </div>
    )

  const check = async (): Promise<void> => {
    setGrading(true)
    setGraded(await gradeOnServer(lab, engine, state.answers))
    setGrading(false)
  }
  const exchanges = state.view?.exchanges ?? []
  const shown = exchanges.find((exchange) => exchange.id === chosen) ?? exchanges.at(-1)

  const tasks = (
    <section className={styles.tasks} aria-label="Tasks">
      <header className={styles.head}>
        <h1>{lab.title}</h1>
        <p>{lab.summary}</p>
      </header>
      <TaskList lab={lab} engine={engine} state={state} result={state.checks} />
      <Verdict
        lab={lab}
        stored={stored}
        graded={graded}
        grading={grading}
        check={check}
        reset={() => {
          setGraded(undefined)
          setChosen(undefined)
          engine.reset()
        }}
        notSaved={state.notSaved}
      />
      <CurlsPane exchanges={exchanges} selected={shown?.id} select={setChosen} />
    </section>
  )
  const map = state.view ? (
    <MapPane state={state.view.state} exchange={shown} still={state.view.inPast} />
  ) : (
    <p className={styles.starting} role="status">
      Starting the cluster
    </p>
  )
  const panes = {
    tasks,
    map,
    terminal: <TerminalPane engine={engine} state={state} />,
    files: <FilesPane engine={engine} state={state} />,
    time: state.view ? <TimeBar engine={engine} view={state.view} /> : null,
    editing: state.editing !== undefined,
  }
  return narrow ? <PhoneLayout {...panes} /> : <DesktopLayout {...panes} />
}
