/** Fields that Go holds by value and leaves out of JSON when they are false or 0: to send such a value is to send nothing. */
const BY_VALUE: ReadonlySet<string> = new Set([
  "ServiceSpec.publishNotReadyAddresses",
  "ServiceSpec.healthCheckNodePort",
  "ServicePort.nodePort",
  "PodSpec.hostNetwork",
  "PodSpec.hostPID",
  "PodSpec.hostIPC",
  "Container.stdin",
  "Container.stdinOnce",
  "Container.tty",
  "VolumeMount.readOnly",
  "ContainerPort.hostPort",
  "Probe.initialDelaySeconds",
  "Probe.timeoutSeconds",
  "Probe.periodSeconds",
  "Probe.successThreshold",
  "Probe.failureThreshold",
  "DeploymentSpec.paused",
  "DeploymentSpec.minReadySeconds",
  "ReplicaSetSpec.minReadySeconds",
  "NodeSpec.unschedulable",
  "ReplicationControllerSpec.minReadySeconds",
  "StatefulSetSpec.minReadySeconds",
  "DaemonSetSpec.minReadySeconds",
  "PriorityClass.globalDefault",
  "ServiceBackendPort.number",
  "SubjectAccessReviewStatus.denied",
  "GlusterfsPersistentVolumeSource.readOnly",
  "RBDPersistentVolumeSource.readOnly",
  "ISCSIPersistentVolumeSource.readOnly",
  "ISCSIPersistentVolumeSource.chapAuthDiscovery",
  "ISCSIPersistentVolumeSource.chapAuthSession",
  "CinderPersistentVolumeSource.readOnly",
  "CephFSPersistentVolumeSource.readOnly",
  "FlexPersistentVolumeSource.readOnly",
  "AzureFilePersistentVolumeSource.readOnly",
  "ScaleIOPersistentVolumeSource.sslEnabled",
  "ScaleIOPersistentVolumeSource.readOnly",
  "StorageOSPersistentVolumeSource.readOnly",
  "CSIPersistentVolumeSource.readOnly",
  "ReplicationControllerStatus.fullyLabeledReplicas",
  "ReplicationControllerStatus.readyReplicas",
  "ReplicationControllerStatus.availableReplicas",
  "ReplicationControllerStatus.observedGeneration",
  "StatefulSetStatus.observedGeneration",
  "StatefulSetStatus.readyReplicas",
  "StatefulSetStatus.currentReplicas",
  "StatefulSetStatus.updatedReplicas",
  "DaemonSetStatus.observedGeneration",
  "DaemonSetStatus.updatedNumberScheduled",
  "DaemonSetStatus.numberAvailable",
  "DaemonSetStatus.numberUnavailable",
  "JobStatus.active",
  "JobStatus.succeeded",
  "JobStatus.failed",
  "PodDisruptionBudgetStatus.observedGeneration",
  "HorizontalPodAutoscalerStatus.currentReplicas",
])

const isEmpty = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value !== "object" || value === null) return false
  for (const key in value) if (Object.hasOwn(value, key)) return false
  return true
}

/**
 * Whether a field is as good as absent: empty lists and maps (they do not survive storage), false and 0 where Go cannot
 * tell them from nothing. An empty struct (`emptyDir: {}`) is something.
 */
export const isOmitted = (struct: string, field: string, kind: string, value: unknown): boolean => {
  if (kind === "list" || kind === "map") return isEmpty(value)
  return (value === false || value === 0) && BY_VALUE.has(`${struct}.${field}`)
}
