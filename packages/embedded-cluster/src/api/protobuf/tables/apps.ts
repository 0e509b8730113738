/** Messages of apps/v1: see message-type.ts. */
export const APPS = `
ControllerRevision metadata:1ObjectMeta data:2Raw revision:3?int64
DaemonSet metadata:1ObjectMeta spec:2DaemonSetSpec status:3DaemonSetStatus
DaemonSetCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
DaemonSetSpec selector:1LabelSelector template:2PodTemplateSpec updateStrategy:3DaemonSetUpdateStrategy
  minReadySeconds:4int32 revisionHistoryLimit:6?int32
DaemonSetStatus currentNumberScheduled:1?int32 numberMisscheduled:2?int32 desiredNumberScheduled:3?int32
  numberReady:4?int32 observedGeneration:5int64 updatedNumberScheduled:6int32 numberAvailable:7int32
  numberUnavailable:8int32 collisionCount:9?int32 conditions:10[DaemonSetCondition]
DaemonSetUpdateStrategy type:1 rollingUpdate:2RollingUpdateDaemonSet
Deployment metadata:1ObjectMeta spec:2DeploymentSpec status:3DeploymentStatus
DeploymentCondition type:1? status:2? reason:4 message:5 lastUpdateTime:6Time lastTransitionTime:7Time
DeploymentSpec replicas:1?int32 selector:2LabelSelector template:3PodTemplateSpec strategy:4DeploymentStrategy
  minReadySeconds:5int32 revisionHistoryLimit:6?int32 paused:7bool progressDeadlineSeconds:9?int32
DeploymentStatus observedGeneration:1int64 replicas:2int32 updatedReplicas:3int32 availableReplicas:4int32
  unavailableReplicas:5int32 conditions:6[DeploymentCondition] readyReplicas:7int32 collisionCount:8?int32
  terminatingReplicas:9?int32
DeploymentStrategy type:1 rollingUpdate:2RollingUpdateDeployment
ReplicaSet metadata:1ObjectMeta spec:2ReplicaSetSpec status:3ReplicaSetStatus
ReplicaSetCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
ReplicaSetSpec replicas:1?int32 selector:2LabelSelector template:3PodTemplateSpec minReadySeconds:4int32
ReplicaSetStatus replicas:1?int32 fullyLabeledReplicas:2int32 observedGeneration:3int64 readyReplicas:4int32
  availableReplicas:5int32 conditions:6[ReplicaSetCondition] terminatingReplicas:7?int32
RollingUpdateDaemonSet maxUnavailable:1IntOrString maxSurge:2IntOrString
RollingUpdateDeployment maxUnavailable:1IntOrString maxSurge:2IntOrString
RollingUpdateStatefulSetStrategy partition:1?int32 maxUnavailable:2IntOrString
StatefulSet metadata:1ObjectMeta spec:2StatefulSetSpec status:3StatefulSetStatus
StatefulSetCondition type:1? status:2? lastTransitionTime:3Time reason:4 message:5
StatefulSetOrdinals start:1?int32
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:1 whenScaled:2
StatefulSetSpec replicas:1?int32 selector:2LabelSelector template:3PodTemplateSpec
  volumeClaimTemplates:4[PersistentVolumeClaim] serviceName:5? podManagementPolicy:6
  updateStrategy:7StatefulSetUpdateStrategy revisionHistoryLimit:8?int32 minReadySeconds:9int32
  persistentVolumeClaimRetentionPolicy:10StatefulSetPersistentVolumeClaimRetentionPolicy
  ordinals:11StatefulSetOrdinals
StatefulSetStatus observedGeneration:1int64 replicas:2?int32 readyReplicas:3int32 currentReplicas:4int32
  updatedReplicas:5int32 currentRevision:6 updateRevision:7 collisionCount:9?int32 conditions:10[StatefulSetCondition]
  availableReplicas:11?int32
StatefulSetUpdateStrategy type:1 rollingUpdate:2RollingUpdateStatefulSetStrategy
`
