import { at, isRecord, type JsonRecord, records, text } from "../json-value.ts"
import { writeContainers } from "./containers.ts"
import { writeTolerations, writeVolumes } from "./volumes.ts"
import { createDescription, type Description, writeAnnotations, writeLabels } from "./writer.ts"

export const writePodTemplate = (to: Description, template: JsonRecord): void => {
  const spec = at(template, "spec")
  const annotations = at(template, "metadata", "annotations")
  to.line(0, "Pod Template:")
  writeLabels(to, "  Labels", at(template, "metadata", "labels"))
  if (isRecord(annotations) && Object.keys(annotations).length > 0) writeAnnotations(to, "  Annotations", annotations)
  const account = text(at(spec, "serviceAccountName"))
  if (account !== "") to.line(0, `  Service Account:\t${account}`)
  const init = records(at(spec, "initContainers"))
  if (init.length > 0) writeContainers(to, "Init Containers", init, [], "  ")
  writeContainers(to, "Containers", records(at(spec, "containers")), [], "  ")
  writeVolumes(to, spec, "  ")
  writeLabels(to, "  Node-Selectors", at(spec, "nodeSelector"))
  writeTolerations(to, "  Tolerations", spec)
}

/** With its tabs, as `rollout history --revision` prints it. */
export const describePodTemplate = (template: JsonRecord): string => {
  const to = createDescription()
  writePodTemplate(to, template)
  return to.sections().join("")
}
