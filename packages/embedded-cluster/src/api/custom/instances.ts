import { formatTime, type KubeObject } from "@pilotage/kube-model"
import type { ResourceName } from "../../store-types.ts"
import type { Call } from "../call.ts"
import { child, text } from "../json-object.ts"
import { storedUnder } from "./custom-version.ts"

const CLEANUP = "customresourcecleanup.apiextensions.k8s.io"

const placeOf = (definition: KubeObject): ResourceName => {
  const spec = child(definition, "spec")
  return storedUnder(text(child(spec, "names"), "plural"), text(spec, "group"))
}

/** Deletes all objects of a custom resource; those with finalizers stay until these are done. */
export const deleteInstances = (call: Call, definition: KubeObject): void => {
  const { store, commit, now } = call.hooks
  const resource = placeOf(definition)
  for (const object of store.list(resource)) {
    const { namespace = "", name, finalizers = [], deletionTimestamp } = object.metadata
    if (finalizers.length === 0) commit({ kind: "remove", resource, namespace, name })
    else if (deletionTimestamp === undefined) {
      const metadata = { ...object.metadata, deletionTimestamp: formatTime(now()), deletionGracePeriodSeconds: 0 }
      commit({ kind: "update", resource, object: { ...object, metadata } })
    }
  }
}

/** The definition as it waits for the last of its objects; undefined when it waits for none. */
export const withCleanup = (call: Call, definition: KubeObject): KubeObject | undefined => {
  if (call.hooks.store.list(placeOf(definition)).length === 0) return undefined
  const finalizers = (definition.metadata.finalizers ?? []).filter((each) => each !== CLEANUP)
  return { ...definition, metadata: { ...definition.metadata, finalizers: [...finalizers, CLEANUP] } }
}

/** Lets a deleted definition go once the last of its objects has gone. */
export const releaseDefinition = (call: Call): void => {
  if (!call.info.custom) return
  const { store, commit } = call.hooks
  const definition = store.get("customresourcedefinitions", "", call.info.stored)
  if (!definition?.metadata.finalizers?.includes(CLEANUP) || store.list(call.info.stored).length > 0) return
  const finalizers = definition.metadata.finalizers.filter((each) => each !== CLEANUP)
  const metadata = { ...definition.metadata, finalizers }
  if (finalizers.length === 0)
    commit({ kind: "remove", resource: "customresourcedefinitions", namespace: "", name: definition.metadata.name })
  else commit({ kind: "update", resource: "customresourcedefinitions", object: { ...definition, metadata } })
}
