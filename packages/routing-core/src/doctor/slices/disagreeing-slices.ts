import { canonicalIP } from "@pilotage/kube-model"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { listed } from "../text.ts"

interface Word {
  readonly slice: string
  readonly ready: boolean
}

/** The same address and port in two slices, ready in one and not in the other: the first that is read wins. */
export const disagreeingSlices: ServiceCheck = (subject) => {
  const { entry, kind, namespace, name } = subject
  if (kind === "external-name" || entry.slices.length < 2) return NOTHING
  const words = new Map<string, Word>()
  const clashes = new Map<string, readonly [string, string]>()
  for (const slice of entry.slices)
    for (const { name: portName = "", protocol = "TCP", port } of slice.ports ?? [])
      for (const { addresses, conditions } of slice.endpoints ?? []) {
        // While a pod ends, kube-proxy takes the word of the slice that does not say so: no clash.
        if (conditions?.terminating || typeof port !== "number") continue
        const ip = canonicalIP(addresses[0] ?? "")
        const key = `${portName} ${protocol} ${ip}:${port}`
        const ready = conditions?.ready ?? true
        const known = words.get(key)
        if (!known) words.set(key, { slice: slice.metadata.name, ready })
        else if (known.ready !== ready && known.slice !== slice.metadata.name)
          clashes.set(`${ip}:${port}`, [known.slice, slice.metadata.name])
      }
  const [first] = clashes.values()
  if (!first) return NOTHING
  return [
    found(subject, "warning", "slices-disagree", {
      message: `EndpointSlices ${first[0]} and ${first[1]} disagree about ${listed([...clashes.keys()])}: ready in one, not in the other. Which one counts is chance.`,
      fix: `Keep one of them: the EndpointSlice controller writes slices for Services with a selector, and mirrors Endpoints objects of those without.`,
      command: `kubectl get endpointslices -l kubernetes.io/service-name=${name} -n ${namespace} --show-labels`,
    }),
  ]
}
