import { child, children, isJson, type Json, withDefaults } from "../json-object.ts"

/** A limit without a request is the request too. */
const requestsOf = (container: Json): Json => {
  const resources = child(container, "resources")
  if (!isJson(resources.limits)) return container
  const requests = { ...resources.limits, ...child(resources, "requests") }
  return { ...container, resources: { ...resources, requests } }
}

/** On the node's network a container port is the node's port. */
const hostPortsOf = (container: Json): Json =>
  Array.isArray(container.ports)
    ? {
        ...container,
        ports: children(container, "ports").map((port) => withDefaults(port, { hostPort: port.containerPort })),
      }
    : container

/** What a pod gets beyond its template's defaults: templates show what was written (core/v1 SetDefaults_Pod). */
export const podLevelDefaults = (spec: Json): Json => {
  const complete = (container: Json): Json =>
    spec.hostNetwork === true ? hostPortsOf(requestsOf(container)) : requestsOf(container)
  const lists = ["initContainers", "containers"].flatMap((key) =>
    Array.isArray(spec[key]) ? [[key, children(spec, key).map(complete)] as const] : [],
  )
  return withDefaults({ ...spec, ...Object.fromEntries(lists) }, { enableServiceLinks: true })
}
