import type { Cluster } from "@pilotage/embedded-cluster"
import type { Pod } from "@pilotage/kube-model"
import type { Answers } from "@pilotage/lab-kit"
import { gradeSession, HOME, recordSession, type SessionLog, type Turn, terminalHost } from "@pilotage/lab-session"
import { type Console, createTerminal, openConsole } from "@pilotage/terminal"
import { exchangeWriter } from "./exchange-feed.ts"
import { lintManifests } from "./manifest-lint.ts"
import { timeMarks } from "./marks.ts"
import type { FromEngine, ToEngine } from "./protocol.ts"
import { goOnFrom, type LiveSession, openSession } from "./session.ts"

export interface EngineHostOptions {
  readonly post: (message: FromEngine) => void
  readonly turn: Turn
  readonly later: (work: () => void, milliseconds: number) => void
}

const VIEW_EVERY_MS = 100
const CHECK_AFTER_MS = 400
/** Buoys of the past are laid one at a time, so that keys and clock come in between. */
const LAY_AFTER_MS = 40

/** Runs one lab in a worker: answers the page's messages and moves virtual time when real time passes. */
export class EngineHost {
  readonly #options: EngineHostOptions
  #session: LiveSession | undefined
  #console: Console | undefined
  #past: Cluster | undefined
  #answers: Answers = {}
  #speed = 1
  #columns = 80
  #commands = 0
  #closeEditor: ((text: string | undefined) => void) | undefined
  #viewDue = false
  /** Something in the view but its clock has changed since the page was told. */
  #viewChanged = false
  #checkDue = false
  #layDue = false
  /** Where the learner wants to look; while a hand scrubs, only the last of many wishes counts. */
  #wish: { readonly at: number | undefined } | undefined
  readonly #exchanges = exchangeWriter()
  /** How many inputs the page has marks for. */
  #marked = -1
  #inputs = -1
  #stateRevision = 0

  constructor(options: EngineHostOptions) {
    this.#options = options
  }

  receive(message: ToEngine): void {
    switch (message.kind) {
      case "start":
        this.#answers = message.answers
        this.#open(message.lab, message.seed, message.log, message.files)
        return
      case "keys":
        this.#console?.keys(message.data)
        return
      case "resize":
        this.#columns = message.columns
        this.#console?.resize(message.columns)
        return
      case "type":
        this.#console?.type(message.line)
        return
      case "write-file":
        this.#session?.files.write(message.path, message.text)
        return
      case "edited":
        this.#closeEditor?.(message.text)
        this.#closeEditor = undefined
        return
      case "answers":
        this.#answers = message.answers
        this.#checkLater()
        return
      case "speed":
        this.#speed = message.factor
        return
      case "look":
        this.#lookSoon(message.at)
        return
      case "continue-from":
        this.#continueFrom(message.at)
        return
      case "send-log":
        if (this.#session) this.#options.post({ kind: "log", ticket: message.ticket, log: this.#record(this.#session) })
        return
      case "lint":
        this.#options.post({ kind: "linted", ticket: message.ticket, problems: this.#lint(message.text) })
        return
    }
  }

  /** Real time has passed. */
  async pass(milliseconds: number): Promise<void> {
    const session = this.#session
    if (!session || this.#past) return
    await session.clock.advanceTo(session.cluster.now() + Math.round(milliseconds * this.#speed))
    this.#tellLater()
    const inputs = session.cluster.log().entries.length
    if (inputs !== this.#inputs) {
      this.#inputs = inputs
      this.#showLater()
      this.#save()
      this.#checkLater()
      this.#layLater()
    }
  }

  #open(
    lab: LiveSession["lab"],
    seed: number,
    log: SessionLog | undefined,
    files: Readonly<Record<string, string>> | undefined,
  ): void {
    const opened = openSession({ lab, seed, log, files }, this.#options.turn, () => {
      this.#save()
      this.#showLater()
    })
    if (!opened.ok) {
      this.#options.post({ kind: "failed", message: opened.error })
      return
    }
    this.#begin(opened.value)
  }

  #begin(session: LiveSession): void {
    this.#console?.close()
    this.#session = session
    this.#past = undefined
    this.#wish = undefined
    this.#exchanges.forget()
    this.#marked = -1
    this.#stateRevision += 1
    this.#inputs = session.cluster.log().entries.length
    session.cluster.subscribe((event) => {
      if (event.kind === "time") return
      this.#stateRevision += 1
      this.#showLater()
      this.#checkLater()
    })
    this.#console = openConsole(
      createTerminal(
        terminalHost({
          cluster: session.cluster,
          clock: session.clock,
          files: session.files,
          defaultNamespace: session.lab.namespace,
          edit: (name, text) => this.#edit(name, text),
        }),
      ),
      {
        columns: this.#columns,
        write: (text) => this.#options.post({ kind: "screen", text }),
        record: (record) => {
          this.#commands += 1
          this.#options.post({ kind: "command", record: { ...record, id: this.#commands } })
        },
      },
    )
    this.#showLater()
    this.#checkLater()
    this.#layLater()
  }

  #edit(name: string, text: string): Promise<string | undefined> {
    this.#options.post({ kind: "edit", name, text })
    return new Promise((resolve) => {
      this.#closeEditor = resolve
    })
  }

  #record(session: LiveSession): SessionLog {
    return recordSession(session.lab, session.seed, session.cluster)
  }

  #save(): void {
    const session = this.#session
    if (session) this.#options.post({ kind: "saved", log: this.#record(session), files: session.files.all() })
  }

  #lookSoon(at: number | undefined): void {
    const waiting = this.#wish !== undefined
    this.#wish = { at }
    if (!waiting) this.#options.later(() => this.#look(), 0)
  }

  #look(): void {
    const [session, wish] = [this.#session, this.#wish]
    this.#wish = undefined
    if (!session || !wish) return
    this.#past = wish.at === undefined ? undefined : session.timeline.at(wish.at)
    this.#show()
  }

  #continueFrom(at: number): void {
    const session = this.#session
    if (!session) return
    this.#options.post({ kind: "screen", text: "\u001bc" })
    this.#begin(goOnFrom(session, at, this.#options.turn))
    this.#save()
  }

  #layLater(): void {
    if (this.#layDue) return
    this.#layDue = true
    this.#options.later(() => {
      this.#layDue = false
      if (this.#session?.timeline.lay()) this.#layLater()
    }, LAY_AFTER_MS)
  }

  #lint(text: string) {
    const session = this.#session
    if (!session) return []
    const fork = session.cluster.fork()
    const pods = (namespace: string): readonly Pod[] => {
      const answer = fork.request({ method: "GET", path: `/api/v1/namespaces/${namespace}/pods` })
      return "body" in answer ? (answer.body as { readonly items: readonly Pod[] }).items : []
    }
    return lintManifests(text, { request: fork.request, pods, defaultNamespace: session.lab.namespace })
  }

  #showLater(): void {
    this.#viewChanged = true
    this.#tellLater()
  }

  /** The page hears at most ten times a second, and no more than the time when nothing else changed. */
  #tellLater(): void {
    if (this.#viewDue) return
    this.#viewDue = true
    this.#options.later(() => {
      this.#viewDue = false
      if (this.#viewChanged) this.#show()
      else if (this.#session && !this.#past) this.#options.post({ kind: "tick", now: this.#session.cluster.now() })
    }, VIEW_EVERY_MS)
  }

  #show(): void {
    const session = this.#session
    if (!session) return
    this.#viewChanged = false
    const shown = this.#past ?? session.cluster
    const log = session.cluster.log()
    const marks = log.entries.length === this.#marked ? {} : { marks: timeMarks(log) }
    this.#marked = log.entries.length
    const view = {
      startedAt: session.atStart.now(),
      now: shown.now(),
      until: session.cluster.now(),
      inPast: this.#past !== undefined,
      stateRevision: this.#past ? -this.#past.now() : this.#stateRevision,
      state: shown.state(),
      exchanges: this.#exchanges.write(shown.exchanges()),
      ...marks,
      files: Object.fromEntries(Object.entries(session.files.all()).filter(([path]) => path.startsWith(`${HOME}/`))),
    }
    this.#options.post({ kind: "view", view })
  }

  #checkLater(): void {
    if (this.#checkDue) return
    this.#checkDue = true
    this.#options.later(() => {
      this.#checkDue = false
      void this.#check()
    }, CHECK_AFTER_MS)
  }

  async #check(): Promise<void> {
    const session = this.#session
    if (!session) return
    const result = await gradeSession(session.lab, session.cluster, session.atStart, this.#answers, 0)
    // A session that was opened meanwhile has checks of its own.
    if (session === this.#session) this.#options.post({ kind: "checks", result })
  }
}
