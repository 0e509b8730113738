import { autoscalerVersion1 } from "../versions/autoscaler-v1.ts"
import { CLUSTER, IN_ALL, type ResourceInfo, STATUS, served } from "./resource-info.ts"

const authentication = served("authentication.k8s.io", "v1")
const authorization = served("authorization.k8s.io", "v1")
const autoscaling = served("autoscaling", "v2")
const autoscalingV1 = served("autoscaling", "v1")
const batch = served("batch", "v1")
const coordination = served("coordination.k8s.io", "v1")
const discovery = served("discovery.k8s.io", "v1")
const networking = served("networking.k8s.io", "v1")
const policy = served("policy", "v1")
const rbac = served("rbac.authorization.k8s.io", "v1")
const scheduling = served("scheduling.k8s.io", "v1")
const storage = served("storage.k8s.io", "v1")

const ASKED: Partial<ResourceInfo> = { createOnly: true, deleteCollection: false }

export const REVIEWS: readonly ResourceInfo[] = [
  authentication("selfsubjectreviews", "SelfSubjectReview", "", { ...ASKED, ...CLUSTER }),
  authentication("tokenreviews", "TokenReview", "", { ...ASKED, ...CLUSTER }),
  authorization("localsubjectaccessreviews", "LocalSubjectAccessReview", "", ASKED),
  authorization("selfsubjectaccessreviews", "SelfSubjectAccessReview", "", { ...ASKED, ...CLUSTER }),
  authorization("selfsubjectrulesreviews", "SelfSubjectRulesReview", "", { ...ASKED, ...CLUSTER }),
  authorization("subjectaccessreviews", "SubjectAccessReview", "", { ...ASKED, ...CLUSTER }),
]

const AUTOSCALERS: Partial<ResourceInfo> = { ...IN_ALL, ...STATUS, shortNames: ["hpa"] }

export const BATCH_AND_POLICY: readonly ResourceInfo[] = [
  autoscaling("horizontalpodautoscalers", "HorizontalPodAutoscaler", "qwQve8ut294=", AUTOSCALERS),
  autoscalingV1("horizontalpodautoscalers", "HorizontalPodAutoscaler", "qwQve8ut294=", {
    ...AUTOSCALERS,
    conversion: autoscalerVersion1,
  }),
  batch("cronjobs", "CronJob", "sd5LIXh4Fjs=", { ...IN_ALL, ...STATUS, shortNames: ["cj"] }),
  batch("jobs", "Job", "mudhfqk/qZY=", { ...IN_ALL, ...STATUS }),
  policy("poddisruptionbudgets", "PodDisruptionBudget", "EVWiDmWqyJw=", { ...STATUS, shortNames: ["pdb"] }),
]

export const NETWORKING: readonly ResourceInfo[] = [
  networking("ingressclasses", "IngressClass", "l/iqIbDgFyQ=", CLUSTER),
  networking("ingresses", "Ingress", "39NQlfNR+bo=", { ...STATUS, shortNames: ["ing"] }),
  networking("ipaddresses", "IPAddress", "3f/plJFChNE=", { ...CLUSTER, shortNames: ["ip"] }),
  networking("networkpolicies", "NetworkPolicy", "YpfwF18m1G8=", { shortNames: ["netpol"] }),
  networking("servicecidrs", "ServiceCIDR", "gNLvruQhW2g=", { ...CLUSTER, ...STATUS }),
  discovery("endpointslices", "EndpointSlice", "qgS0xkrxYAI="),
]

export const ROLES: readonly ResourceInfo[] = [
  rbac("clusterrolebindings", "ClusterRoleBinding", "48tpQ8gZHFc=", CLUSTER),
  rbac("clusterroles", "ClusterRole", "bYE5ZWDrJ44=", CLUSTER),
  rbac("rolebindings", "RoleBinding", "eGsCzGH6b1g="),
  rbac("roles", "Role", "7FuwZcIIItM="),
]

export const STORAGE_AND_SCHEDULING: readonly ResourceInfo[] = [
  storage("csidrivers", "CSIDriver", "hL6j/rwBV5w=", CLUSTER),
  storage("csinodes", "CSINode", "Pe62DkZtjuo=", CLUSTER),
  storage("csistoragecapacities", "CSIStorageCapacity", "xeVl+2Ly1kE="),
  storage("volumeattachments", "VolumeAttachment", "tJx/ezt6UDU=", { ...CLUSTER, ...STATUS }),
  storage("volumeattributesclasses", "VolumeAttributesClass", "tIjydgKBC5w=", { ...CLUSTER, shortNames: ["vac"] }),
  storage("storageclasses", "StorageClass", "K+m6uJwbjGY=", { ...CLUSTER, shortNames: ["sc"] }),
  scheduling("priorityclasses", "PriorityClass", "1QwjyaZjj3Y=", { ...CLUSTER, shortNames: ["pc"] }),
  coordination("leases", "Lease", "gqkMMb/YqFM="),
]
