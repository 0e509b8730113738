import type { FileTree, Machine } from "../host.ts"
import { createFileSystem, createMemoryTree, type FileSystem } from "./file-system.ts"

/** A machine with its files: what a shell or a program runs on. */
export interface Station {
  readonly machine: Machine
  readonly files: FileSystem
  readonly home: string
  /** Whose words the programs have: an image with a shell but without bash is a busybox one. */
  readonly userland: "gnu" | "busybox"
  /** The learner's own machine: kubectl and ssh are here, and its home is kept with the lab. */
  readonly isWorkstation: boolean
}

const homeOf = (machine: Machine): string =>
  machine.env.HOME ?? (machine.user === "root" ? "/root" : `/home/${machine.user}`)

export const createStation = (machine: Machine, tree: FileTree): Station => {
  const home = homeOf(machine)
  const isWorkstation = machine.origin.kind === "outside"
  return {
    machine,
    home,
    files: createFileSystem(machine.files, tree, [home, "/tmp", "/var/tmp"]),
    userland: machine.origin.kind === "pod" && !machine.programs.includes("bash") ? "busybox" : "gnu",
    isWorkstation,
  }
}

/** What was written on machines other than the learner's, for as long as the terminal lives. */
export const createScratchTrees = (): ((machine: Machine, container: string) => FileTree) => {
  const trees = new Map<string, FileTree>()
  return (machine, container) => {
    const key = machine.life ?? JSON.stringify([machine.origin, container])
    const tree = trees.get(key) ?? createMemoryTree()
    trees.set(key, tree)
    return tree
  }
}
