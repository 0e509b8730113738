import type { PodFacts } from "../../state.ts"
import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { remembered } from "../survey/remembered.ts"
import { field, podsText, setField } from "../text.ts"

const unreadyPods = remembered((selected: readonly PodFacts[]) =>
  selected.filter((pod) => pod.ip && (!pod.ready || pod.terminating)),
)

/** publishNotReadyAddresses on a Service that balances: unready pods get their share. For headless it is the usual way. */
export const unreadyPublished: ServiceCheck = (subject) => {
  const { service, selected, kind } = subject
  if (service.spec.publishNotReadyAddresses !== true || kind !== "proxied") return NOTHING
  const unready = unreadyPods(selected)
  if (unready.length === 0) return NOTHING
  return [
    found(subject, "warning", "unready-pods-published", {
      ...field("spec.publishNotReadyAddresses", true),
      message: `publishNotReadyAddresses sends requests to ${podsText(unready)} too, though ${unready.length === 1 ? "it is" : "they are"} not ready.`,
      fix: "Set publishNotReadyAddresses to false, unless clients must reach pods before they are ready.",
      command: setField(service, "/spec/publishNotReadyAddresses", false),
      rule: "R21",
    }),
  ]
}
