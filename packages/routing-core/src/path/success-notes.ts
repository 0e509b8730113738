import type { Backend } from "../trace-types.ts"
import { routeTaken } from "./delivery.ts"
import { type Journey, note, type Outcome } from "./journey.ts"

/** What a learner should know of a request that succeeded. */
export const successNotes = (journey: Journey, outcome: Outcome, backends: readonly Backend[]): void => {
  if (
    routeTaken(outcome.route).kind === "LoadBalancer" &&
    journey.sender.kind !== "external" &&
    !journey.hops.some((hop) => hop.at.kind === "load-balancer")
  )
    note(
      journey,
      "load-balancer-bypassed",
      () =>
        "Inside the cluster the node translates the load balancer's address itself: the packet never goes to the load balancer.",
    )
  const failing = backends.filter((backend) => backend.refuses || backend.silent)
  if (failing.length)
    note(
      journey,
      "some-backends-fail",
      () => `${failing.length} of ${backends.length} backends would not have answered.`,
    )
}
