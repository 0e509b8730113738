/** More types of the core group: see types-a-l.ts. */
export const TYPES_CORE = `
AzureFilePersistentVolumeSource readOnly:bool secretName:string secretNamespace:string shareName:string
CSIPersistentVolumeSource controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference
  driver:string fsType:string nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference
  nodeStageSecretRef:SecretReference readOnly:bool volumeAttributes:{string} volumeHandle:string
CephFSPersistentVolumeSource monitors:[string] path:string readOnly:bool secretFile:string secretRef:SecretReference
  user:string
CinderPersistentVolumeSource fsType:string readOnly:bool secretRef:SecretReference volumeID:string
FlexPersistentVolumeSource driver:string fsType:string options:{string} readOnly:bool secretRef:SecretReference
GlusterfsPersistentVolumeSource endpoints:string endpointsNamespace:string path:string readOnly:bool
ISCSIPersistentVolumeSource chapAuthDiscovery:bool chapAuthSession:bool fsType:string initiatorName:string iqn:string
  iscsiInterface:string lun:int32 portals:[string] readOnly:bool secretRef:SecretReference targetPortal:string
LimitRange apiVersion:string kind:string metadata:ObjectMeta spec:LimitRangeSpec
LimitRangeItem default:{Quantity} defaultRequest:{Quantity} max:{Quantity} maxLimitRequestRatio:{Quantity}
  min:{Quantity} type:string
LimitRangeSpec limits:[LimitRangeItem]
LocalVolumeSource fsType:string path:string
ModifyVolumeStatus status:string targetVolumeAttributesClassName:string
PersistentVolume apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeSpec
  status:PersistentVolumeStatus
PersistentVolumeClaim apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeClaimSpec
  status:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition lastProbeTime:Time lastTransitionTime:Time message:string reason:string status:string
  type:string
PersistentVolumeClaimStatus accessModes:[string] allocatedResourceStatuses:{string} allocatedResources:{Quantity}
  capacity:{Quantity} conditions:[PersistentVolumeClaimCondition]~type currentVolumeAttributesClassName:string
  modifyVolumeStatus:ModifyVolumeStatus phase:string
PersistentVolumeSpec accessModes:[string] awsElasticBlockStore:AWSElasticBlockStoreVolumeSource
  azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:{Quantity}
  cephfs:CephFSPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference
  csi:CSIPersistentVolumeSource fc:FCVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource
  gcePersistentDisk:GCEPersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource
  hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource local:LocalVolumeSource mountOptions:[string]
  nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:string
  photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource
  quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource scaleIO:ScaleIOPersistentVolumeSource
  storageClassName:string storageos:StorageOSPersistentVolumeSource volumeAttributesClassName:string volumeMode:string
  vsphereVolume:VsphereVirtualDiskVolumeSource
PersistentVolumeStatus lastPhaseTransitionTime:Time message:string phase:string reason:string
PodTemplate apiVersion:string kind:string metadata:ObjectMeta template:PodTemplateSpec
RBDPersistentVolumeSource fsType:string image:string keyring:string monitors:[string] pool:string readOnly:bool
  secretRef:SecretReference user:string
ReplicationController apiVersion:string kind:string metadata:ObjectMeta spec:ReplicationControllerSpec
  status:ReplicationControllerStatus
ReplicationControllerCondition lastTransitionTime:Time message:string reason:string status:string type:string
ReplicationControllerSpec minReadySeconds:int32 replicas:int32 selector:{string} template:PodTemplateSpec
ReplicationControllerStatus availableReplicas:int32 conditions:[ReplicationControllerCondition]~type
  fullyLabeledReplicas:int32 observedGeneration:int64 readyReplicas:int32 replicas:int32
ResourceQuota apiVersion:string kind:string metadata:ObjectMeta spec:ResourceQuotaSpec status:ResourceQuotaStatus
ResourceQuotaSpec hard:{Quantity} scopeSelector:ScopeSelector scopes:[string]
ResourceQuotaStatus hard:{Quantity} used:{Quantity}
ScaleIOPersistentVolumeSource fsType:string gateway:string protectionDomain:string readOnly:bool
  secretRef:SecretReference sslEnabled:bool storageMode:string storagePool:string system:string volumeName:string
ScopeSelector matchExpressions:[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement operator:string scopeName:string values:[string]
Secret apiVersion:string data:{bytes} immutable:bool kind:string metadata:ObjectMeta stringData:{string} type:string
SecretReference name:string namespace:string
ServiceAccount apiVersion:string automountServiceAccountToken:bool imagePullSecrets:[LocalObjectReference] kind:string
  metadata:ObjectMeta secrets:[ObjectReference]~name
StorageOSPersistentVolumeSource fsType:string readOnly:bool secretRef:ObjectReference volumeName:string
  volumeNamespace:string
VolumeNodeAffinity required:NodeSelector
`
