import { CLUSTER, IN_ALL, type ResourceInfo, SCALED, STATUS, served } from "./resource-info.ts"

const core = served("", "v1")
const apps = served("apps", "v1")

export const CORE: readonly ResourceInfo[] = [
  core("bindings", "Binding", "", { createOnly: true, deleteCollection: false }),
  core("componentstatuses", "ComponentStatus", "", { ...CLUSTER, shortNames: ["cs"], readOnly: true }),
  core("configmaps", "ConfigMap", "qFsyl6wFWjQ=", { shortNames: ["cm"] }),
  core("endpoints", "Endpoints", "fWeeMqaN/OA=", { shortNames: ["ep"] }),
  core("events", "Event", "r2yiGXH7wu8=", { shortNames: ["ev"] }),
  core("limitranges", "LimitRange", "EBKMFVe6cwo=", { shortNames: ["limits"] }),
  core("namespaces", "Namespace", "Q3oi5N2YM8M=", {
    ...CLUSTER,
    shortNames: ["ns"],
    subresources: ["finalize", "status"],
    deleteCollection: false,
  }),
  core("nodes", "Node", "XwShjMxG9Fs=", { ...CLUSTER, ...STATUS, shortNames: ["no"] }),
  core("persistentvolumeclaims", "PersistentVolumeClaim", "QWTyNDq0dC4=", { ...STATUS, shortNames: ["pvc"] }),
  core("persistentvolumes", "PersistentVolume", "HN/zwEC+JgM=", { ...CLUSTER, ...STATUS, shortNames: ["pv"] }),
  core("pods", "Pod", "xPOwRZ+Yhw8=", {
    ...IN_ALL,
    shortNames: ["po"],
    subresources: ["attach", "binding", "eviction", "exec", "log", "portforward", "proxy", "status"],
  }),
  core("podtemplates", "PodTemplate", "LIXB2x4IFpk="),
  core("replicationcontrollers", "ReplicationController", "Jond2If31h0=", { ...IN_ALL, ...SCALED, shortNames: ["rc"] }),
  core("resourcequotas", "ResourceQuota", "8uhSgffRX6w=", { ...STATUS, shortNames: ["quota"] }),
  core("secrets", "Secret", "S6u1pOWzb84="),
  core("serviceaccounts", "ServiceAccount", "pbx9ZvyFpBE=", { shortNames: ["sa"], subresources: ["token"] }),
  core("services", "Service", "0/CO1lhkEBI=", { ...IN_ALL, shortNames: ["svc"], subresources: ["proxy", "status"] }),
]

export const APPS: readonly ResourceInfo[] = [
  apps("controllerrevisions", "ControllerRevision", "85nkx63pcBU="),
  apps("daemonsets", "DaemonSet", "dd7pWHUlMKQ=", { ...IN_ALL, ...STATUS, shortNames: ["ds"] }),
  apps("deployments", "Deployment", "8aSe+NMegvE=", { ...IN_ALL, ...SCALED, shortNames: ["deploy"] }),
  apps("replicasets", "ReplicaSet", "P1RzHs8/mWQ=", { ...IN_ALL, ...SCALED, shortNames: ["rs"] }),
  apps("statefulsets", "StatefulSet", "H+vl74LkKdo=", { ...IN_ALL, ...SCALED, shortNames: ["sts"] }),
]
