import type { KubeObject } from "@pilotage/kube-model"
import { compile, diagnose } from "@pilotage/routing-core"
import { askedServices } from "../doctor/asked-services.ts"
import { exitCodeOf, type PlacedFinding, type Report, reportJson } from "../doctor/report.ts"
import { reportText } from "../doctor/report-text.ts"
import { type ClusterReading, readCluster, type SourceSurroundings } from "../sources/read-cluster.ts"
import { type SourceError, sourceErrorText } from "../sources/source-error.ts"
import type { Output } from "../terminal-output.ts"
import { pageOf } from "../trace/text-layout.ts"
import { pathKeys } from "../trace/trace-words.ts"
import type { DoctorOptions } from "./doctor-options.ts"

interface DoctorSurroundings extends SourceSurroundings {
  readonly output: Output
  readonly terminal: { readonly columns: number; readonly colour: boolean }
}

/** Did anybody write down pods, or what makes pods? A folder of Services alone says nothing about them. */
const arePodsKnown = ({ origin, inventory, placeOf }: ClusterReading): boolean => {
  const { pods, deployments, replicaSets, statefulSets, daemonSets } = inventory
  if (origin === "observed") return pods.length > 0
  return [pods, deployments, replicaSets, statefulSets, daemonSets].some((objects) =>
    objects.some(({ kind, metadata: { namespace, name } }) =>
      placeOf({ kind, ...(namespace === undefined ? {} : { namespace }), name }),
    ),
  )
}

/** Were EndpointSlices read, or only worked out? A live cluster's are read, like all of its objects, from no file. */
const areSlicesKnown = ({ origin, inventory: { services, endpointSlices }, placeOf }: ClusterReading): boolean => {
  const isFromFile = ({ kind, metadata: { namespace, name } }: KubeObject): boolean =>
    placeOf({ kind, ...(namespace === undefined ? {} : { namespace }), name }) !== undefined
  return origin === "simulated" || !services.some(isFromFile) || endpointSlices.some(isFromFile)
}

/** Runs `pilotage doctor NAMES…`; resolves to the exit code. */
export const runDoctor = async (
  names: readonly string[],
  options: DoctorOptions,
  surroundings: DoctorSurroundings,
): Promise<number> => {
  const { output, terminal } = surroundings
  const fail = (errors: readonly SourceError[]): number => {
    output.err(errors.map(sourceErrorText).join(""))
    return 2
  }
  const read = await readCluster(options, surroundings)
  if (!read.ok) return fail(read.error)
  const reading = read.value
  const asked = askedServices(reading, {
    names,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  })
  if (!asked.ok) return fail(asked.error)
  const table = compile(reading.state)
  if (!table.ok)
    return fail([
      { message: `${table.error.path} ${table.error.message}`, fix: "Repair the object that this is about." },
    ])
  const podsKnown = arePodsKnown(reading)
  if (!podsKnown && asked.value.services.length > 0)
    surroundings.say("No pods there, nor anything that makes pods: selectors and target ports are not checked.")
  const { services, isAskedFor } = asked.value
  const findings = diagnose(table.value, { isAskedFor, podsKnown, slicesKnown: areSlicesKnown(reading) }).map(
    (finding): PlacedFinding => {
      const place = reading.placeOf(finding.object, finding.path === undefined ? [] : pathKeys(finding.path))
      return place ? { ...finding, place } : finding
    },
  )
  const report: Report = { source: reading.title, services: services.length, findings }
  output.out(options.output === "json" ? reportJson(report) : reportText(report, pageOf(terminal)))
  return exitCodeOf(report, options.failOn)
}
