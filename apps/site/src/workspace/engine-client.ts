import type { Answers, LabBrief, LabResult } from "@pilotage/lab-kit"
import type { SessionLog } from "@pilotage/lab-session"
import { exchangeReader } from "./exchange-feed.ts"
import type { CommandRecord, EngineView, FromEngine, ManifestProblem, ToEngine, ViewUpdate } from "./protocol.ts"
import { forgetWork, loadWork, type SavedWork, saveWork } from "./saved-work.ts"

/** What the panes read. A new object whenever something changed. */
export interface EngineState {
  readonly view: EngineView | undefined
  readonly checks: LabResult | undefined
  readonly transcript: readonly CommandRecord[]
  readonly editing: { readonly name: string; readonly text: string } | undefined
  readonly answers: Answers
  readonly failure: string | undefined
  /** Why the work is not kept over a reload, when it is not. */
  readonly notSaved: string | undefined
}

const TRANSCRIPT_LIMIT = 200
const SCREEN_LIMIT = 200_000

/** The page's end of the Web Worker that runs the cluster, the shell and the checks. */
export class EngineClient {
  readonly #lab: LabBrief
  #worker: Worker | undefined
  #state: EngineState
  #work: SavedWork
  #screen = ""
  #ticket = 0
  #readExchanges = exchangeReader()
  readonly #waiting = new Map<number, (log: SessionLog) => void>()
  readonly #linting = new Map<number, (problems: readonly ManifestProblem[]) => void>()
  readonly #listeners = new Set<() => void>()
  readonly #screens = new Set<(text: string) => void>()

  constructor(lab: LabBrief) {
    this.#lab = lab
    this.#work = loadWork(lab.id, lab.version) ?? this.#freshWork()
    this.#state = this.#freshState()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getState = (): EngineState => this.#state

  get seed(): number {
    return this.#work.seed
  }

  /** Starts the worker; the returned function ends it. */
  start(): () => void {
    const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" })
    worker.onmessage = ({ data }: MessageEvent<FromEngine>) => this.#receive(data)
    worker.onerror = (event) => this.#update({ failure: event.message || "the engine could not be loaded" })
    this.#worker = worker
    const { seed, log, files, answers } = this.#work
    this.send({ kind: "start", lab: this.#lab, seed, answers, ...(log ? { log } : {}), ...(files ? { files } : {}) })
    return () => {
      worker.terminate()
      if (this.#worker === worker) this.#worker = undefined
    }
  }

  send(message: ToEngine): void {
    this.#worker?.postMessage(message)
  }

  /** Attaches a screen: it gets what was written so far, then all that comes. */
  attachScreen(write: (text: string) => void): () => void {
    write(this.#screen)
    this.#screens.add(write)
    return () => this.#screens.delete(write)
  }

  answer(checkId: string, optionId: string): void {
    const answers = { ...this.#state.answers, [checkId]: optionId }
    this.#update({ answers })
    this.#keep({ ...this.#work, answers })
    this.send({ kind: "answers", answers })
  }

  closeEditor(text?: string): void {
    this.#update({ editing: undefined })
    this.send(text === undefined ? { kind: "edited" } : { kind: "edited", text })
  }

  /** The log of this session, for grading. */
  requestLog(): Promise<SessionLog> {
    this.#ticket += 1
    const ticket = this.#ticket
    const answer = new Promise<SessionLog>((resolve) => {
      this.#waiting.set(ticket, resolve)
    })
    this.send({ kind: "send-log", ticket })
    return answer
  }

  /** What the API server would say to this manifest, and what looks doubtful in it. */
  lint(text: string): Promise<readonly ManifestProblem[]> {
    this.#ticket += 1
    const ticket = this.#ticket
    const answer = new Promise<readonly ManifestProblem[]>((resolve) => {
      this.#linting.set(ticket, resolve)
    })
    this.send({ kind: "lint", ticket, text })
    return answer
  }

  /** Throws the learner's work on this lab away and begins again. */
  reset(): void {
    forgetWork(this.#lab.id)
    this.#worker?.terminate()
    this.#work = this.#freshWork()
    this.#screen = ""
    this.#state = this.#freshState()
    for (const write of this.#screens) write("\u001bc")
    this.#notify()
    this.start()
  }

  #freshWork(): SavedWork {
    return { labVersion: this.#lab.version, seed: this.#lab.cluster.seed, answers: {} }
  }

  #freshState(): EngineState {
    return {
      view: undefined,
      checks: undefined,
      transcript: [],
      editing: undefined,
      answers: this.#work.answers,
      failure: undefined,
      notSaved: undefined,
    }
  }

  /** What did not change stays the same object, so that the map is not drawn anew with every tick of the clock. */
  #merge(update: ViewUpdate): EngineView {
    const before = this.#state.view
    return {
      ...update,
      exchanges: this.#readExchanges(update.exchanges),
      marks: update.marks ?? before?.marks ?? [],
      state: before?.stateRevision === update.stateRevision ? before.state : update.state,
    }
  }

  #keep(work: SavedWork): void {
    this.#work = work
    const notSaved = saveWork(this.#lab.id, work)
    if (notSaved !== this.#state.notSaved) this.#update({ notSaved })
  }

  #receive(message: FromEngine): void {
    switch (message.kind) {
      case "screen":
        this.#screen = (this.#screen + message.text).slice(-SCREEN_LIMIT)
        for (const write of this.#screens) write(message.text)
        return
      case "view":
        this.#update({ view: this.#merge(message.view) })
        return
      case "tick":
        if (this.#state.view) this.#update({ view: { ...this.#state.view, now: message.now, until: message.now } })
        return
      case "checks":
        this.#update({ checks: message.result })
        return
      case "command":
        this.#update({ transcript: [...this.#state.transcript, message.record].slice(-TRANSCRIPT_LIMIT) })
        return
      case "edit":
        this.#update({ editing: { name: message.name, text: message.text } })
        return
      case "log":
        this.#waiting.get(message.ticket)?.(message.log)
        this.#waiting.delete(message.ticket)
        return
      case "saved":
        this.#keep({ ...this.#work, log: message.log, files: message.files })
        return
      case "linted":
        this.#linting.get(message.ticket)?.(message.problems)
        this.#linting.delete(message.ticket)
        return
      case "failed":
        this.#update({ failure: message.message })
        return
    }
  }

  #update(change: Partial<EngineState>): void {
    this.#state = { ...this.#state, ...change }
    this.#notify()
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}
