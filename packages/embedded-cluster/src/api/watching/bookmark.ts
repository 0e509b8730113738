import type { KubeObject } from "@pilotage/kube-model"
import { apiVersionOf, type ResourceInfo } from "../resources.ts"

const TEMPLATE = { metadata: {}, spec: { containers: null } }

/** What Go writes of an object of the kind that has nothing in it; kinds that are not here leave all out. */
const EMPTY: Readonly<Record<string, object>> = {
  namespaces: { spec: {}, status: {} },
  nodes: {
    spec: {},
    status: {
      daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
      nodeInfo: {
        machineID: "",
        systemUUID: "",
        bootID: "",
        kernelVersion: "",
        osImage: "",
        containerRuntimeVersion: "",
        kubeletVersion: "",
        kubeProxyVersion: "",
        operatingSystem: "",
        architecture: "",
      },
    },
  },
  pods: { spec: { containers: null }, status: {} },
  services: { spec: {}, status: { loadBalancer: {} } },
  deployments: { spec: { selector: null, template: TEMPLATE, strategy: {} }, status: {} },
  replicasets: { spec: { selector: null, template: TEMPLATE }, status: { replicas: 0 } },
  daemonsets: {
    spec: { selector: null, template: TEMPLATE, updateStrategy: {} },
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  },
  jobs: { spec: { template: TEMPLATE }, status: {} },
  cronjobs: { spec: { schedule: "", jobTemplate: { metadata: {}, spec: { template: TEMPLATE } } }, status: {} },
  ingresses: { spec: {}, status: { loadBalancer: {} } },
  ingressclasses: { spec: {} },
  leases: { spec: {} },
  limitranges: { spec: { limits: null } },
  persistentvolumeclaims: { spec: { resources: {} }, status: {} },
  persistentvolumes: { spec: {}, status: {} },
  poddisruptionbudgets: {
    spec: {},
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  },
  priorityclasses: { value: 0 },
  resourcequotas: { spec: {}, status: {} },
  roles: { rules: null },
  clusterroles: { rules: null },
  rolebindings: { roleRef: { apiGroup: "", kind: "", name: "" } },
  clusterrolebindings: { roleRef: { apiGroup: "", kind: "", name: "" } },
  storageclasses: { provisioner: "" },
  endpointslices: { addressType: "", endpoints: null, ports: null },
  events: {
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: "",
    reportingInstance: "",
  },
}

/** An object that says nothing but how far a watch has come; `isEndOfInitial`: and that all that was there has been told. */
export const bookmark = (info: ResourceInfo, revision: number, isEndOfInitial: boolean): KubeObject =>
  ({
    kind: info.kind,
    apiVersion: apiVersionOf(info),
    metadata: {
      resourceVersion: String(revision),
      ...(isEndOfInitial ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}),
    },
    ...EMPTY[info.stored],
    // A bookmark is the one object without a name.
  }) as unknown as KubeObject
