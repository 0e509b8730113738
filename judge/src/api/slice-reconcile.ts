import {
  type ControllerView,
  createPodIndex,
  endpointSliceController,
  planSlices,
  type SlicePlan,
} from "@pilotage/embedded-cluster/judging"
import { createRandom, type EndpointSlice, type Node, type Pod, type Service } from "@pilotage/kube-model"
import { z } from "zod"
import { readJson } from "../case-file.ts"
import { compared, type JudgedCase, type Outcome } from "../verdict.ts"
import { objectSchema } from "./format.ts"
import { contentsText, hintCounts, sliceText } from "./slice-text.ts"

const listOf = <T>() =>
  z
    .array(objectSchema.transform((object) => object as T))
    .nullish()
    .transform((list): readonly T[] => list ?? [])

const situation = {
  id: z.string(),
  service: objectSchema.transform((object) => object as Service).nullable(),
  pods: listOf<Pod>(),
  nodes: listOf<Node>(),
  error: z.string().optional(),
}

const reconcileSchema = z.array(
  z.object({
    ...situation,
    service: objectSchema.transform((object) => object as Service),
    existingSlices: listOf<EndpointSlice>(),
    maxEndpointsPerSlice: z.number(),
    topologyCacheEnabled: z.boolean(),
    preferSameTrafficDistributionGate: z.boolean(),
    actions: z
      .array(
        z.object({
          verb: z.enum(["create", "update", "delete"]),
          name: z.string().optional(),
          object: objectSchema.transform((object) => object as EndpointSlice).optional(),
        }),
      )
      .nullish()
      .transform((actions) => actions ?? []),
  }),
)

type Row = z.infer<typeof reconcileSchema>[number]

/** Go's errors.Aggregate: one error as it is, several in brackets, equal ones once. */
const problemsText = (problems: readonly string[]): string => {
  const texts = [...new Set(problems)]
  return texts.length > 1 ? `[${texts.join(", ")}]` : (texts[0] ?? "no error")
}

const changesText = (
  { existingSlices, topologyCacheEnabled }: Row,
  {
    create,
    update,
    remove,
  }: { create: readonly EndpointSlice[]; update: readonly EndpointSlice[]; remove: readonly string[] },
  error: string,
): string => {
  const withHints = !topologyCacheEnabled
  const before = new Map(existingSlices.map((slice) => [slice.metadata.name, slice]))
  const written = [...create, ...update]
  return [
    ...create.map((slice) => `create ${sliceText(slice, undefined, withHints)}`).sort(),
    ...update.map((slice) => `update ${sliceText(slice, before.get(slice.metadata.name) ?? slice, withHints)}`).sort(),
    ...remove.map((name) => `delete ${name}`).sort(),
    `all ${contentsText(written, withHints)}`,
    ...(withHints ? [] : [`hints ${hintCounts(written)}`]),
    error,
  ].join("\n")
}

const theirs = (row: Row): string => {
  const objects = (verb: string) => row.actions.flatMap((action) => (action.verb === verb ? (action.object ?? []) : []))
  const remove = row.actions.flatMap(({ verb, name }) => (verb === "delete" ? (name ?? []) : []))
  const changes = { create: objects("create"), update: objects("update"), remove }
  return changesText(row, changes, row.error ?? "no error")
}

const ours = (row: Row, { create, update, remove, problems }: SlicePlan): string =>
  changesText(row, { create, update, remove: remove.map(({ metadata }) => metadata.name) }, problemsText(problems))

const judgeRow = (row: Row): Outcome => {
  const { service, pods, nodes, existingSlices, maxEndpointsPerSlice, topologyCacheEnabled } = row
  const isNewer = ["PreferSameZone", "PreferSameNode"].includes(service.spec.trafficDistribution ?? "")
  if (!row.preferSameTrafficDistributionGate && isNewer)
    return { kind: "not-judged", reason: "run with a feature gate off that is locked on in 1.36" }
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]))
  const plan = planSlices({
    service,
    pods,
    slices: existingSlices,
    nodes,
    nodeOf: (name) => byName.get(name),
    maxEndpoints: maxEndpointsPerSlice,
    usesTopology: topologyCacheEnabled,
  })
  return compared(theirs(row), ours(row, plan))
}

/** endpointslice-reconcile: what the controller does to a Service's slices. */
export function* judgeSliceReconcile(file: string): Iterable<JudgedCase> {
  for (const row of readJson(file, reconcileSchema)) yield { id: row.id, outcome: judgeRow(row) }
}

const controllerSchema = z.array(
  z.object({
    ...situation,
    key: z.string(),
    cachedSlices: listOf<EndpointSlice>(),
    storedBefore: listOf<EndpointSlice>(),
    storedAfter: listOf<EndpointSlice>(),
  }),
)

type ControllerRow = z.infer<typeof controllerSchema>[number]

const viewOf = ({ service, pods, nodes, cachedSlices }: ControllerRow): ControllerView => {
  const lists: Readonly<Record<string, readonly unknown[]>> = {
    services: service ? [service] : [],
    pods,
    nodes,
    endpointslices: cachedSlices,
  }
  const list = (resource: string): readonly unknown[] => lists[resource] ?? []
  const get = (resource: string, _: string, name: string): unknown =>
    list(resource).find((each) => (each as { readonly metadata: { readonly name: string } }).metadata.name === name)
  const lookup = createPodIndex()
  for (const pod of pods) lookup.replace(undefined, pod)
  return { ...lookup, revision: 0, get: get as ControllerView["get"], list: list as ControllerView["list"] }
}

const storedText = (slices: readonly EndpointSlice[], before: readonly EndpointSlice[]): string => {
  const known = new Map(before.map((slice) => [slice.metadata.name, slice]))
  const texts = slices.map((slice) => {
    const { uid: _, resourceVersion: __, ...metadata } = slice.metadata
    const { generateName } = slice.metadata
    const old = known.get(metadata.name)
    // Upstream's fake store keeps the generated name alone.
    const prefix = generateName ?? metadata.name.replace(/-[^-]+$/, "")
    return sliceText({ ...slice, metadata: old ? metadata : { ...metadata, generateName: prefix } }, old, true)
  })
  return `${texts.sort().join("\n")}\nall ${contentsText(slices, true)}`
}

const STALE = "EndpointSlice informer cache is out of date"

const judgeControllerRow = (row: ControllerRow): Outcome => {
  if (row.error === STALE)
    return { kind: "not-judged", reason: "timing: our controllers read the store itself, no cache that lags behind it" }
  const context = { view: viewOf(row), now: 0, random: createRandom(1) }
  const { writes } = endpointSliceController.reconcile(context, row.key)
  const stored = new Map(row.storedBefore.map((slice) => [slice.metadata.name, slice]))
  for (const write of writes)
    if (write.kind === "remove") stored.delete(write.name)
    else stored.set(write.object.metadata.name, write.object as EndpointSlice)
  return compared(storedText(row.storedAfter, row.storedBefore), storedText([...stored.values()], row.storedBefore))
}

/** endpointslice-controller: what is stored after the controller has looked at one Service. */
export function* judgeSliceController(file: string): Iterable<JudgedCase> {
  for (const row of readJson(file, controllerSchema)) yield { id: row.id, outcome: judgeControllerRow(row) }
}
