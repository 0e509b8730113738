import { err, ok, type Result } from "@pilotage/kube-model"
import { type ClusterState, stateFromObjects } from "@pilotage/routing-core"
import { completed } from "./completed.ts"
import { findObjects } from "./found-objects.ts"
import { type Inventory, inventoryOf } from "./inventory.ts"
import { networkFacts } from "./network-facts.ts"
import { nameOf, type ObjectName, type Places, placeIn, placesOf } from "./object-places.ts"
import { readFiles } from "./read-files.ts"
import { needsSimulation, type Refused } from "./simulation/simulate.ts"
import type { SourceError, SourcePlace } from "./source-error.ts"
import type { SourceOptions } from "./source-options.ts"
import { textDocuments } from "./text-documents.ts"
import type { SourceDocument } from "./yaml-documents.ts"

/** What reading needs of the world. */
export interface SourceSurroundings {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly stdin: () => Promise<string>
  /** One line for people, told while reading goes on. */
  readonly say: (line: string) => void
}

/** A cluster that was read, or made from manifests. */
export interface ClusterReading {
  /** `labs/01-clusterip/start`, `context kind-pilotage`. */
  readonly title: string
  /** For names without one. */
  readonly namespace: string
  /** `simulated`: from manifests; pods, addresses and EndpointSlices are those of an embedded cluster. */
  readonly origin: "simulated" | "observed"
  /** All objects, with those that were simulated or worked out. */
  readonly inventory: Inventory
  /** For routing-core's compile. */
  readonly state: ClusterState
  /** Where an object was read; undefined for those that nobody wrote, and for a live cluster's. */
  readonly placeOf: (name: ObjectName, path?: readonly PropertyKey[]) => SourcePlace | undefined
}

const unusedText = (unused: ReadonlyMap<string, number>): string =>
  [...unused]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, number]) => `${number} ${kind}`)
    .join(", ")

const refusedError = (places: Places, { object, message }: Refused): SourceError => ({
  ...(object ? placeIn(places, nameOf(object)) : {}),
  message: object ? `${object.kind} ${object.metadata.name} would be refused: ${message}` : message,
  fix: "Repair the object as the message says; kubectl apply --dry-run=server would say the same.",
})

/** Options that the way of reading leaves without effect would mislead. */
const misplaced = (options: SourceOptions, isSimulated: boolean): SourceError | undefined => {
  const { nodes, clusterCidr, nodeCidr } = options
  if (!isSimulated && nodes !== undefined)
    return { message: "--nodes is for simulations, and these objects are a running cluster's", fix: "Leave it out." }
  if (isSimulated && (clusterCidr !== undefined || nodeCidr !== undefined))
    return {
      message: "no pods run in these objects, and a simulation has its own pod and node network",
      fix: `Leave out ${clusterCidr === undefined ? "--node-cidr" : "--cluster-cidr"}.`,
    }
  return undefined
}

/** Everything of `documents`, or every reason why not. */
const readDocuments = (
  documents: readonly SourceDocument[],
  title: string,
  namespace: string,
  options: SourceOptions,
  surroundings: SourceSurroundings,
  isLive: boolean,
): Result<ClusterReading, readonly SourceError[]> => {
  const { found, unused, errors } = findObjects(documents, namespace)
  if (errors.length > 0) return err(errors)
  if (found.length === 0) {
    const others = unused.size > 0 ? `, only ${unusedText(unused)}` : ""
    const fix = "Give Services and the Deployments or Pods behind them, or a dump of a cluster."
    return err([{ file: title, message: `there is nothing to trace${others}`, fix }])
  }
  const places = placesOf(found)
  const twice = found.length - places.size
  const given = inventoryOf([...places.values()].map(({ object }) => object))
  const wrong = misplaced(options, needsSimulation(given))
  if (wrong) return err([wrong])
  const made = completed(given, title, options)
  if (!made.ok) return err([refusedError(places, made.error)])
  const { inventory, origin, sockets, remarks } = made.value
  const { config, guesses } = networkFacts(
    { ...inventory, services: [...given.services, ...inventory.services] },
    options,
  )
  const state = stateFromObjects({ ...inventory, config, ...(sockets ? { sockets } : {}) })
  for (const line of [
    ...(twice > 0 ? [`${twice} object${twice === 1 ? "" : "s"} given more than once: the last one counts.`] : []),
    ...(unused.size > 0 ? [`Not used: ${unusedText(unused)}.`] : []),
    ...remarks,
    ...(origin === "observed" && guesses.length > 0
      ? [
          `Guessed: ${guesses.join(", ")}. Say it better with --proxy-mode, --cluster-cidr, --service-cidr, --node-cidr, --network-policies.`,
        ]
      : []),
  ])
    surroundings.say(line)
  return ok({
    title,
    namespace,
    origin,
    inventory,
    state,
    placeOf: (name, path) => (isLive ? undefined : placeIn(places, name, path)),
  })
}

const readGivenFiles = async (
  filenames: readonly string[],
  options: SourceOptions,
  surroundings: SourceSurroundings,
): Promise<Result<ClusterReading, readonly SourceError[]>> => {
  if (options.kubeconfig !== undefined || options.context !== undefined)
    return err([
      {
        message: "-f reads files, --kubeconfig and --context read a live cluster",
        fix: "Give one or the other.",
      },
    ])
  const { texts, errors } = await readFiles(surroundings.folder, filenames, surroundings.stdin)
  const read = texts.map(({ file, text }) => textDocuments(file, text))
  const all = [...errors, ...read.flatMap((each) => each.errors)]
  if (all.length > 0) return err(all)
  const documents = read.flatMap((each) => each.documents)
  const title = filenames.map((name) => (name === "-" ? "standard input" : name)).join(", ")
  return readDocuments(documents, title, options.namespace ?? "default", options, surroundings, false)
}

/**
 * Reads the cluster that the options mean: manifests, a dump, or a live cluster. What a user should know about the
 * reading (the context, what was simulated, guessed or left aside) goes to `say`.
 */
export const readCluster = async (
  options: SourceOptions,
  surroundings: SourceSurroundings,
): Promise<Result<ClusterReading, readonly SourceError[]>> => {
  if (options.filename?.length) return readGivenFiles(options.filename, options, surroundings)
  // Its libraries are large: only those who read a live cluster wait for them.
  const { readLive } = await import("./live/read-live.ts")
  const live = await readLive(options, surroundings, surroundings.say)
  if (!live.ok) return live
  const { documents, title, namespace } = live.value
  return readDocuments(documents, title, options.namespace ?? namespace, options, surroundings, true)
}
