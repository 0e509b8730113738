import { tableLines } from "../schema/table-lines.ts"
import { type MessageType, parseMessage } from "./message-type.ts"
import { ADMISSION_REGISTRATION } from "./tables/admission-registration.ts"
import { API_EXTENSIONS } from "./tables/api-extensions.ts"
import { API_REGISTRATION } from "./tables/api-registration.ts"
import { APPS } from "./tables/apps.ts"
import { AUTHENTICATION } from "./tables/authentication.ts"
import { AUTHORIZATION } from "./tables/authorization.ts"
import { AUTOSCALING_V1, AUTOSCALING_V2 } from "./tables/autoscaling.ts"
import { BATCH } from "./tables/batch.ts"
import { CERTIFICATES } from "./tables/certificates.ts"
import { COORDINATION } from "./tables/coordination.ts"
import { CORE_A_TO_L } from "./tables/core-a-l.ts"
import { CORE_M_TO_Z } from "./tables/core-m-z.ts"
import { DISCOVERY } from "./tables/discovery.ts"
import { EVENTS } from "./tables/events.ts"
import { FLOW_CONTROL } from "./tables/flow-control.ts"
import { META } from "./tables/meta.ts"
import { NETWORKING } from "./tables/networking.ts"
import { NODE } from "./tables/node.ts"
import { POLICY } from "./tables/policy.ts"
import { RBAC } from "./tables/rbac.ts"
import { RESOURCE } from "./tables/resource.ts"
import { SCHEDULING } from "./tables/scheduling.ts"
import { STORAGE } from "./tables/storage.ts"

const TABLES: Readonly<Record<string, string>> = {
  v1: `${CORE_A_TO_L}${CORE_M_TO_Z}`,
  "meta.k8s.io/v1": META,
  "admissionregistration.k8s.io/v1": ADMISSION_REGISTRATION,
  "apiextensions.k8s.io/v1": API_EXTENSIONS,
  "apiregistration.k8s.io/v1": API_REGISTRATION,
  "apps/v1": APPS,
  "authentication.k8s.io/v1": AUTHENTICATION,
  "authorization.k8s.io/v1": AUTHORIZATION,
  "autoscaling/v1": AUTOSCALING_V1,
  "autoscaling/v2": AUTOSCALING_V2,
  "batch/v1": BATCH,
  "certificates.k8s.io/v1": CERTIFICATES,
  "coordination.k8s.io/v1": COORDINATION,
  "discovery.k8s.io/v1": DISCOVERY,
  "events.k8s.io/v1": EVENTS,
  "flowcontrol.apiserver.k8s.io/v1": FLOW_CONTROL,
  "networking.k8s.io/v1": NETWORKING,
  "node.k8s.io/v1": NODE,
  "policy/v1": POLICY,
  "rbac.authorization.k8s.io/v1": RBAC,
  "resource.k8s.io/v1": RESOURCE,
  "scheduling.k8s.io/v1": SCHEDULING,
  "storage.k8s.io/v1": STORAGE,
}

/** The messages of a group version; names that it does not have are looked for in core and meta. */
export interface MessageGroup {
  /** Undefined for a name that stands in no table. */
  readonly message: (name: string) => MessageType | undefined
}

const texts = new Map<string, ReadonlyMap<string, string>>()
const groups = new Map<string, MessageGroup>()

const textsOf = (apiVersion: string): ReadonlyMap<string, string> => {
  const known = texts.get(apiVersion)
  if (known) return known
  const made = tableLines(TABLES[apiVersion] ?? "")
  texts.set(apiVersion, made)
  return made
}

/** Messages are parsed when first asked for. */
const groupOf = (apiVersion: string): MessageGroup => {
  const known = groups.get(apiVersion)
  if (known) return known
  const parsed = new Map<string, MessageType | undefined>()
  const message = (name: string): MessageType | undefined => {
    const before = parsed.get(name)
    if (before !== undefined || parsed.has(name)) return before
    const text = [apiVersion, "v1", "meta.k8s.io/v1"]
      .map((each) => textsOf(each).get(name))
      .find((each) => each !== undefined)
    const made = text === undefined ? undefined : parseMessage(text)
    parsed.set(name, made)
    return made
  }
  const group = { message }
  groups.set(apiVersion, group)
  return group
}

/** Kinds that every group version has. */
const META_KINDS: readonly string[] = ["DeleteOptions", "Status"]

/** Where the messages of a kind are; undefined for a kind without a table. */
export const messageGroup = (apiVersion: string, kind: string): MessageGroup | undefined => {
  const home = META_KINDS.includes(kind) ? "meta.k8s.io/v1" : apiVersion
  return Object.hasOwn(TABLES, home) && textsOf(home).has(kind) ? groupOf(home) : undefined
}
