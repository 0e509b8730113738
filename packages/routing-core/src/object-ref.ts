import type { EndpointSlice, Service } from "@pilotage/kube-model"
import type { ObjectRef } from "./trace-types.ts"

export const serviceRef = (service: Service): ObjectRef => ({
  kind: "Service",
  namespace: service.metadata.namespace ?? "default",
  name: service.metadata.name,
})

export const sliceRef = (slice: EndpointSlice): ObjectRef => ({
  kind: "EndpointSlice",
  namespace: slice.metadata.namespace ?? "default",
  name: slice.metadata.name,
})
