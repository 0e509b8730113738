import { err, ok, parseCIDR, type Random, type Service } from "@pilotage/kube-model"
import { balancerAddresses } from "@pilotage/routing-core"
import { type ControllerView, keyOf } from "../../engine/controller.ts"
import { ignoredAnnotations } from "./annotation-check.ts"
import { AWS_RULES, awsKind, awsProblem, isInternal } from "./aws-annotations.ts"
import type { LoadBalancerEnvironment } from "./environment.ts"
import { serviceController } from "./service-controller.ts"

const REGION = "eu-central-1"
/** Addresses for measurements (RFC 2544), which nobody has on the Internet. */
const ADDRESSES = "198.18.0.0/15"
/** So often another name is taken when one's addresses are somebody's. */
const TRIES = 16

const digits = (random: Random, base: 10 | 16, count: number): string =>
  Array.from({ length: count }, () => random.below(base).toString(base)).join("")

/** As cloud-provider-aws and the AWS Load Balancer Controller name load balancers. */
const prefixOf = (service: Service): string => {
  const { namespace = "", name, uid = "" } = service.metadata
  const bare = uid.replaceAll("-", "")
  return awsKind(service) === "controller"
    ? `k8s-${namespace.replaceAll("-", "").slice(0, 8)}-${name.replaceAll("-", "").slice(0, 8)}-${bare.slice(0, 10)}`
    : `a${bare}`.slice(0, 32)
}

const patternOf = (service: Service): { readonly start: string; readonly end: string } => {
  const isClassic = awsKind(service) === "classic"
  return {
    start: `${isClassic && isInternal(service) ? "internal-" : ""}${prefixOf(service)}-`,
    end: isClassic ? `.${REGION}.elb.amazonaws.com` : `.elb.${REGION}.amazonaws.com`,
  }
}

const block = parseCIDR(ADDRESSES)
const addressesFor = (hostname: string): readonly string[] =>
  balancerAddresses(block.ok ? block.value : undefined, hostname)

const takenBeside = (view: ControllerView, service: Service): ReadonlySet<string> =>
  new Set(
    view
      .list("services")
      .filter((other) => keyOf(other) !== keyOf(service))
      .flatMap(({ status }) => status?.loadBalancer?.ingress ?? [])
      .flatMap(({ hostname }) => (hostname === undefined ? [] : addressesFor(hostname))),
  )

const freshName = (view: ControllerView, service: Service, random: Random): string => {
  const { start, end } = patternOf(service)
  const taken = takenBeside(view, service)
  let hostname = ""
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    hostname = `${start}${awsKind(service) === "classic" ? digits(random, 10, 10) : digits(random, 16, 16)}${end}`
    if (!addressesFor(hostname).some((ip) => taken.has(ip))) break
  }
  return hostname
}

/** Elastic Load Balancing: a host name, behind which a proxy connects to the nodes. */
export const cloudAws: LoadBalancerEnvironment = {
  summary: "a host name after 3 to 6 s, as in EKS; nlb, internal… by annotation",
  network: { loadBalancer: "proxy", balancerNames: ADDRESSES },
  dollarsPerHour: 0.0225,
  controllers: [
    serviceController({
      provisionMs: (random) => 2_500 + random.below(3_500),
      ensure(view, service, random) {
        const problem = awsProblem(service)
        if (problem !== undefined) return err(problem)
        const { start, end } = patternOf(service)
        const now = service.status?.loadBalancer?.ingress?.[0]?.hostname ?? ""
        const isStill = now.startsWith(start) && now.endsWith(end)
        return ok({ hostname: isStill ? now : freshName(view, service, random) })
      },
      complaints: (service) => ignoredAnnotations(service, AWS_RULES),
    }),
  ],
}
