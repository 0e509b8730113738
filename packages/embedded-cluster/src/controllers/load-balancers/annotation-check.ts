import type { Service } from "@pilotage/kube-model"

/** What is wrong with a value; undefined when nothing is. */
type Check = (value: string) => string | undefined

/** The annotations that a cloud reads, with what each may say. */
export interface AnnotationRules {
  /** How all of this cloud's annotations of Services begin. */
  readonly prefixes: readonly string[]
  readonly checks: ReadonlyMap<string, Check>
}

export const anything: Check = () => undefined

export const oneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value) ? undefined : `is none of ${choices.join(", ")}`

/** As Go's strconv.ParseBool takes it. */
export const isBool = (value: string): boolean => /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)

/** Prefixes of every cloud that is known here, and how the cloud is called. */
const CLOUDS: readonly (readonly [prefix: string, cloud: string])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-", "AWS"],
  ["service.beta.kubernetes.io/azure-", "Azure"],
  ["networking.gke.io/", "GKE"],
  ["cloud.google.com/", "GKE"],
  ["metallb.io/", "MetalLB"],
]

const ignored = (key: string, value: string, why: string): string =>
  `annotation ${key}: ${JSON.stringify(value)} ${why}; it is ignored`

/** What of a Service's annotations has no effect: wrong values, unknown names, and those of other clouds. */
export const ignoredAnnotations = (service: Service, { prefixes, checks }: AnnotationRules): readonly string[] =>
  Object.entries(service.metadata.annotations ?? {}).flatMap(([key, value]) => {
    const check = checks.get(key)
    if (check) {
      const problem = check(value)
      return problem === undefined ? [] : [ignored(key, value, problem)]
    }
    if (prefixes.some((prefix) => key.startsWith(prefix))) return [ignored(key, value, "is not known here")]
    const other = CLOUDS.find(([prefix]) => key.startsWith(prefix))
    return other ? [ignored(key, value, `is meant for ${other[1]}`)] : []
  })
