/** Messages of core/v1, A to L: see message-type.ts. */
export const CORE_A_TO_L = `
AWSElasticBlockStoreVolumeSource volumeID:1? fsType:2 partition:3int32 readOnly:4bool
Affinity nodeAffinity:1NodeAffinity podAffinity:2PodAffinity podAntiAffinity:3PodAntiAffinity
AppArmorProfile type:1? localhostProfile:2?
AttachedVolume name:1? devicePath:2?
AzureDiskVolumeSource diskName:1? diskURI:2? cachingMode:3? fsType:4? readOnly:5?bool kind:6?
AzureFilePersistentVolumeSource secretName:1? shareName:2? readOnly:3bool secretNamespace:4?
AzureFileVolumeSource secretName:1? shareName:2? readOnly:3bool
Binding metadata:1ObjectMeta target:2ObjectReference
CSIPersistentVolumeSource driver:1? volumeHandle:2? readOnly:3bool fsType:4 volumeAttributes:5{}
  controllerPublishSecretRef:6SecretReference nodeStageSecretRef:7SecretReference
  nodePublishSecretRef:8SecretReference controllerExpandSecretRef:9SecretReference
  nodeExpandSecretRef:10SecretReference
CSIVolumeSource driver:1? readOnly:2?bool fsType:3? volumeAttributes:4{} nodePublishSecretRef:5LocalObjectReference
Capabilities add:1[] drop:2[]
CephFSPersistentVolumeSource monitors:1[] path:2 user:3 secretFile:4 secretRef:5SecretReference readOnly:6bool
CephFSVolumeSource monitors:1[] path:2 user:3 secretFile:4 secretRef:5LocalObjectReference readOnly:6bool
CinderPersistentVolumeSource volumeID:1? fsType:2 readOnly:3bool secretRef:4SecretReference
CinderVolumeSource volumeID:1? fsType:2 readOnly:3bool secretRef:4LocalObjectReference
ClientIPConfig timeoutSeconds:1?int32
ClusterTrustBundleProjection name:1? signerName:2? labelSelector:3LabelSelector path:4? optional:5?bool
ComponentCondition type:1? status:2? message:3 error:4
ComponentStatus metadata:1ObjectMeta conditions:2[ComponentCondition]
ConfigMap metadata:1ObjectMeta data:2{} binaryData:3{bytes} immutable:4?bool
ConfigMapEnvSource LocalObjectReference:1^LocalObjectReference optional:2?bool
ConfigMapKeySelector LocalObjectReference:1^LocalObjectReference key:2? optional:3?bool
ConfigMapNodeConfigSource namespace:1? name:2? uid:3 resourceVersion:4 kubeletConfigKey:5?
ConfigMapProjection LocalObjectReference:1^LocalObjectReference items:2[KeyToPath] optional:4?bool
ConfigMapVolumeSource LocalObjectReference:1^LocalObjectReference items:2[KeyToPath] defaultMode:3?int32
  optional:4?bool
Container name:1? image:2 command:3[] args:4[] workingDir:5 ports:6[ContainerPort] env:7[EnvVar]
  resources:8ResourceRequirements volumeMounts:9[VolumeMount] livenessProbe:10Probe readinessProbe:11Probe
  lifecycle:12Lifecycle terminationMessagePath:13 imagePullPolicy:14 securityContext:15SecurityContext stdin:16bool
  stdinOnce:17bool tty:18bool envFrom:19[EnvFromSource] terminationMessagePolicy:20 volumeDevices:21[VolumeDevice]
  startupProbe:22Probe resizePolicy:23[ContainerResizePolicy] restartPolicy:24?
  restartPolicyRules:25[ContainerRestartRule]
ContainerExtendedResourceRequest containerName:1? resourceName:2? requestName:3?
ContainerImage names:1[] sizeBytes:2int64
ContainerPort name:1 hostPort:2int32 containerPort:3?int32 protocol:4 hostIP:5
ContainerResizePolicy resourceName:1? restartPolicy:2?
ContainerRestartRule action:1 exitCodes:2ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:1 values:2[int32]
ContainerState waiting:1ContainerStateWaiting running:2ContainerStateRunning terminated:3ContainerStateTerminated
ContainerStateRunning startedAt:1Time
ContainerStateTerminated exitCode:1?int32 signal:2int32 reason:3 message:4 startedAt:5Time finishedAt:6Time
  containerID:7
ContainerStateWaiting reason:1 message:2
ContainerStatus name:1? state:2ContainerState lastState:3ContainerState ready:4?bool restartCount:5?int32 image:6?
  imageID:7? containerID:8 started:9?bool allocatedResources:10{Quantity} resources:11ResourceRequirements
  volumeMounts:12[VolumeMountStatus] user:13ContainerUser allocatedResourcesStatus:14[ResourceStatus] stopSignal:15?
ContainerUser linux:1LinuxContainerUser
DaemonEndpoint Port:1?int32
DownwardAPIProjection items:1[DownwardAPIVolumeFile]
DownwardAPIVolumeFile path:1? fieldRef:2ObjectFieldSelector resourceFieldRef:3ResourceFieldSelector mode:4?int32
DownwardAPIVolumeSource items:1[DownwardAPIVolumeFile] defaultMode:2?int32
EmptyDirVolumeSource medium:1 sizeLimit:2Quantity
EndpointAddress ip:1? targetRef:2ObjectReference hostname:3 nodeName:4?
EndpointPort name:1 port:2?int32 protocol:3 appProtocol:4?
EndpointSubset addresses:1[EndpointAddress] notReadyAddresses:2[EndpointAddress] ports:3[EndpointPort]
Endpoints metadata:1ObjectMeta subsets:2[EndpointSubset]
EnvFromSource prefix:1 configMapRef:2ConfigMapEnvSource secretRef:3SecretEnvSource
EnvVar name:1? value:2 valueFrom:3EnvVarSource
EnvVarSource fieldRef:1ObjectFieldSelector resourceFieldRef:2ResourceFieldSelector
  configMapKeyRef:3ConfigMapKeySelector secretKeyRef:4SecretKeySelector fileKeyRef:5FileKeySelector
EphemeralContainer EphemeralContainerCommon:1^EphemeralContainerCommon targetContainerName:2
EphemeralContainerCommon name:1? image:2 command:3[] args:4[] workingDir:5 ports:6[ContainerPort] env:7[EnvVar]
  resources:8ResourceRequirements volumeMounts:9[VolumeMount] livenessProbe:10Probe readinessProbe:11Probe
  lifecycle:12Lifecycle terminationMessagePath:13 imagePullPolicy:14 securityContext:15SecurityContext stdin:16bool
  stdinOnce:17bool tty:18bool envFrom:19[EnvFromSource] terminationMessagePolicy:20 volumeDevices:21[VolumeDevice]
  startupProbe:22Probe resizePolicy:23[ContainerResizePolicy] restartPolicy:24?
  restartPolicyRules:25[ContainerRestartRule]
EphemeralVolumeSource volumeClaimTemplate:1PersistentVolumeClaimTemplate
Event metadata:1ObjectMeta involvedObject:2ObjectReference reason:3 message:4 source:5EventSource firstTimestamp:6Time
  lastTimestamp:7Time count:8int32 type:9 eventTime:10MicroTime series:11EventSeries action:12
  related:13ObjectReference reportingComponent:14? reportingInstance:15?
EventSeries count:1int32 lastObservedTime:2MicroTime
EventSource component:1 host:2
ExecAction command:1[]
FCVolumeSource targetWWNs:1[] lun:2?int32 fsType:3 readOnly:4bool wwids:5[]
FileKeySelector volumeName:1? path:2? key:3? optional:4?bool
FlexPersistentVolumeSource driver:1? fsType:2 secretRef:3SecretReference readOnly:4bool options:5{}
FlexVolumeSource driver:1? fsType:2 secretRef:3LocalObjectReference readOnly:4bool options:5{}
FlockerVolumeSource datasetName:1 datasetUUID:2
GCEPersistentDiskVolumeSource pdName:1? fsType:2 partition:3int32 readOnly:4bool
GRPCAction port:1?int32 service:2?
GitRepoVolumeSource repository:1? revision:2 directory:3
GlusterfsPersistentVolumeSource endpoints:1? path:2? readOnly:3bool endpointsNamespace:4?
GlusterfsVolumeSource endpoints:1? path:2? readOnly:3bool
HTTPGetAction path:1 port:2IntOrString host:3 scheme:4 httpHeaders:5[HTTPHeader]
HTTPHeader name:1? value:2?
HostAlias ip:1? hostnames:2[]
HostIP ip:1?
HostPathVolumeSource path:1? type:2?
ISCSIPersistentVolumeSource targetPortal:1? iqn:2? lun:3?int32 iscsiInterface:4 fsType:5 readOnly:6bool portals:7[]
  chapAuthDiscovery:8bool secretRef:10SecretReference chapAuthSession:11bool initiatorName:12?
ISCSIVolumeSource targetPortal:1? iqn:2? lun:3?int32 iscsiInterface:4 fsType:5 readOnly:6bool portals:7[]
  chapAuthDiscovery:8bool secretRef:10LocalObjectReference chapAuthSession:11bool initiatorName:12?
ImageVolumeSource reference:1 pullPolicy:2
ImageVolumeStatus imageRef:1
KeyToPath key:1? path:2? mode:3?int32
Lifecycle postStart:1LifecycleHandler preStop:2LifecycleHandler stopSignal:3?
LifecycleHandler exec:1ExecAction httpGet:2HTTPGetAction tcpSocket:3TCPSocketAction sleep:4SleepAction
LimitRange metadata:1ObjectMeta spec:2LimitRangeSpec
LimitRangeItem type:1? max:2{Quantity} min:3{Quantity} default:4{Quantity} defaultRequest:5{Quantity}
  maxLimitRequestRatio:6{Quantity}
LimitRangeSpec limits:1[LimitRangeItem]
LinuxContainerUser uid:1?int64 gid:2?int64 supplementalGroups:3[int64]
LoadBalancerIngress ip:1 hostname:2 ipMode:3? ports:4[PortStatus]
LoadBalancerStatus ingress:1[LoadBalancerIngress]
LocalObjectReference name:1
LocalVolumeSource path:1? fsType:2?
`
