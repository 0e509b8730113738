/** Messages of storage.k8s.io/v1: see message-type.ts. */
export const STORAGE = `
CSIDriver metadata:1ObjectMeta spec:2CSIDriverSpec
CSIDriverSpec attachRequired:1?bool podInfoOnMount:2?bool volumeLifecycleModes:3[] storageCapacity:4?bool
  fsGroupPolicy:5? tokenRequests:6[TokenRequest] requiresRepublish:7?bool seLinuxMount:8?bool
  nodeAllocatableUpdatePeriodSeconds:9?int64 serviceAccountTokenInSecrets:10?bool
  preventPodSchedulingIfMissing:11?bool
CSINode metadata:1ObjectMeta spec:2CSINodeSpec
CSINodeDriver name:1? nodeID:2? topologyKeys:3[] allocatable:4VolumeNodeResources
CSINodeSpec drivers:1[CSINodeDriver]
CSIStorageCapacity metadata:1ObjectMeta nodeTopology:2LabelSelector storageClassName:3? capacity:4Quantity
  maximumVolumeSize:5Quantity
StorageClass metadata:1ObjectMeta provisioner:2? parameters:3{} reclaimPolicy:4? mountOptions:5[]
  allowVolumeExpansion:6?bool volumeBindingMode:7? allowedTopologies:8[TopologySelectorTerm]
TokenRequest audience:1? expirationSeconds:2?int64
VolumeAttachment metadata:1ObjectMeta spec:2VolumeAttachmentSpec status:3VolumeAttachmentStatus
VolumeAttachmentSource persistentVolumeName:1? inlineVolumeSpec:2PersistentVolumeSpec
VolumeAttachmentSpec attacher:1? source:2VolumeAttachmentSource nodeName:3?
VolumeAttachmentStatus attached:1?bool attachmentMetadata:2{} attachError:3VolumeError detachError:4VolumeError
VolumeAttributesClass metadata:1ObjectMeta driverName:2? parameters:3{}
VolumeError time:1Time message:2 errorCode:3?int32
VolumeNodeResources count:1?int32
`
