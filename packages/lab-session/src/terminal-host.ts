import type { Cluster, ExecTarget } from "@pilotage/embedded-cluster"
import type { Clock, FileTree, Network, TerminalHost } from "@pilotage/terminal"

/** The learner's home folder on the workstation. */
export const HOME = "/home/pilot"

/** Files in memory. `changed` hears of every write and removal. */
export const memoryFiles = (
  initial: Readonly<Record<string, string>>,
  changed: () => void = () => undefined,
): FileTree & { readonly all: () => Readonly<Record<string, string>> } => {
  const texts = new Map(Object.entries(initial))
  return {
    read: (path) => texts.get(path),
    write(path, text) {
      texts.set(path, text)
      changed()
    },
    remove(path) {
      const was = texts.delete(path)
      if (was) changed()
      return was
    },
    list: () => [...texts.keys()].toSorted(),
    all: () => Object.fromEntries([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** The lab's own files, where the learner finds them. */
export const homeFiles = (home: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(home).map(([name, text]) => [`${HOME}/${name}`, text]))

const networkOf = (cluster: Cluster): Network => ({
  http: cluster.http,
  dial: cluster.dial,
  resolve: cluster.resolve,
  ping: cluster.ping,
  podMachine(target) {
    const machine = cluster.exec(target satisfies ExecTarget)
    return machine.ok ? machine.value : { error: machine.error.message ?? "the container cannot be entered" }
  },
  nodeMachine(node) {
    const machine = cluster.nodeMachine(node)
    return machine.ok ? machine.value : { error: machine.error.message ?? "the node cannot be entered" }
  },
  outsideMachine: cluster.outsideMachine,
})

export interface TerminalHostOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly files: FileTree
  readonly defaultNamespace: string
  /** Resolves to the saved text; undefined: quit without saving. */
  readonly edit: TerminalHost["edit"]
}

/** The world of a terminal whose network and API are an embedded cluster's. */
export const terminalHost = ({ cluster, clock, files, defaultNamespace, edit }: TerminalHostOptions): TerminalHost => ({
  network: networkOf(cluster),
  transport: async (request) => cluster.request(request),
  clock,
  files,
  defaultNamespace,
  edit,
})
