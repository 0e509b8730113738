/**
 * The API's types by name, A to L, in the notation of type-text.ts; taken from the OpenAPI document of Kubernetes 1.36
 * (Apache-2.0), fields and patch keys only.
 */
export const TYPES_A_TO_L = `
AWSElasticBlockStoreVolumeSource fsType:string partition:int32 readOnly:bool volumeID:string
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AppArmorProfile localhostProfile:string type:string
AttachedVolume devicePath:string name:string
AzureDiskVolumeSource cachingMode:string diskName:string diskURI:string fsType:string kind:string readOnly:bool
AzureFileVolumeSource readOnly:bool secretName:string shareName:string
CSIVolumeSource driver:string fsType:string nodePublishSecretRef:LocalObjectReference readOnly:bool
  volumeAttributes:{string}
Capabilities add:[string] drop:[string]
CephFSVolumeSource monitors:[string] path:string readOnly:bool secretFile:string secretRef:LocalObjectReference
  user:string
CinderVolumeSource fsType:string readOnly:bool secretRef:LocalObjectReference volumeID:string
ClientIPConfig timeoutSeconds:int32
ClusterTrustBundleProjection labelSelector:LabelSelector name:string optional:bool path:string signerName:string
Condition lastTransitionTime:Time message:string observedGeneration:int64 reason:string status:string type:string
ConfigMap apiVersion:string binaryData:{bytes} data:{string} immutable:bool kind:string metadata:ObjectMeta
ConfigMapEnvSource name:string optional:bool
ConfigMapKeySelector key:string name:string optional:bool
ConfigMapNodeConfigSource kubeletConfigKey:string name:string namespace:string resourceVersion:string uid:string
ConfigMapProjection items:[KeyToPath] name:string optional:bool
ConfigMapVolumeSource defaultMode:int32 items:[KeyToPath] name:string optional:bool
Container args:[string] command:[string] env:[EnvVar]~name envFrom:[EnvFromSource] image:string
  imagePullPolicy:string lifecycle:Lifecycle livenessProbe:Probe name:string ports:[ContainerPort]~containerPort
  readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:string
  restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool
  stdinOnce:bool terminationMessagePath:string terminationMessagePolicy:string tty:bool
  volumeDevices:[VolumeDevice]~devicePath volumeMounts:[VolumeMount]~mountPath workingDir:string
ContainerExtendedResourceRequest containerName:string requestName:string resourceName:string
ContainerImage names:[string] sizeBytes:int64
ContainerPort containerPort:int32 hostIP:string hostPort:int32 name:string protocol:string
ContainerResizePolicy resourceName:string restartPolicy:string
ContainerRestartRule action:string exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:string values:[int32]
ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting
ContainerStateRunning startedAt:Time
ContainerStateTerminated containerID:string exitCode:int32 finishedAt:Time message:string reason:string signal:int32
  startedAt:Time
ContainerStateWaiting message:string reason:string
ContainerStatus allocatedResources:{Quantity} allocatedResourcesStatus:[ResourceStatus]~name containerID:string
  image:string imageID:string lastState:ContainerState name:string ready:bool resources:ResourceRequirements
  restartCount:int32 started:bool state:ContainerState stopSignal:string user:ContainerUser
  volumeMounts:[VolumeMountStatus]~mountPath
ContainerUser linux:LinuxContainerUser
DaemonEndpoint Port:int32
Deployment apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus
DeploymentCondition lastTransitionTime:Time lastUpdateTime:Time message:string reason:string status:string
  type:string
DeploymentSpec minReadySeconds:int32 paused:bool progressDeadlineSeconds:int32 replicas:int32
  revisionHistoryLimit:int32 selector:LabelSelector strategy:DeploymentStrategy! template:PodTemplateSpec
DeploymentStatus availableReplicas:int32 collisionCount:int32 conditions:[DeploymentCondition]~type
  observedGeneration:int64 readyReplicas:int32 replicas:int32 terminatingReplicas:int32 unavailableReplicas:int32
  updatedReplicas:int32
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type:string
DownwardAPIProjection items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:int32 path:string resourceFieldRef:ResourceFieldSelector
DownwardAPIVolumeSource defaultMode:int32 items:[DownwardAPIVolumeFile]
EmptyDirVolumeSource medium:string sizeLimit:Quantity
Endpoint addresses:[string] conditions:EndpointConditions deprecatedTopology:{string} hints:EndpointHints
  hostname:string nodeName:string targetRef:ObjectReference zone:string
EndpointAddress hostname:string ip:string nodeName:string targetRef:ObjectReference
EndpointConditions ready:bool serving:bool terminating:bool
EndpointHints forNodes:[ForNode] forZones:[ForZone]
EndpointPort appProtocol:string name:string port:int32 protocol:string
EndpointSlice addressType:string apiVersion:string endpoints:[Endpoint] kind:string metadata:ObjectMeta
  ports:[EndpointPort]
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
Endpoints apiVersion:string kind:string metadata:ObjectMeta subsets:[EndpointSubset]
EnvFromSource configMapRef:ConfigMapEnvSource prefix:string secretRef:SecretEnvSource
EnvVar name:string value:string valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector
  resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
EphemeralContainer args:[string] command:[string] env:[EnvVar]~name envFrom:[EnvFromSource] image:string
  imagePullPolicy:string lifecycle:Lifecycle livenessProbe:Probe name:string ports:[ContainerPort]~containerPort
  readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:string
  restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool
  stdinOnce:bool targetContainerName:string terminationMessagePath:string terminationMessagePolicy:string tty:bool
  volumeDevices:[VolumeDevice]~devicePath volumeMounts:[VolumeMount]~mountPath workingDir:string
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
Event action:string apiVersion:string count:int32 eventTime:MicroTime firstTimestamp:Time
  involvedObject:ObjectReference kind:string lastTimestamp:Time message:string metadata:ObjectMeta reason:string
  related:ObjectReference reportingComponent:string reportingInstance:string series:EventSeries source:EventSource
  type:string
EventSeries count:int32 lastObservedTime:MicroTime
EventSource component:string host:string
ExecAction command:[string]
FCVolumeSource fsType:string lun:int32 readOnly:bool targetWWNs:[string] wwids:[string]
FileKeySelector key:string optional:bool path:string volumeName:string
FlexVolumeSource driver:string fsType:string options:{string} readOnly:bool secretRef:LocalObjectReference
FlockerVolumeSource datasetName:string datasetUUID:string
ForNode name:string
ForZone name:string
GCEPersistentDiskVolumeSource fsType:string partition:int32 pdName:string readOnly:bool
GRPCAction port:int32 service:string
GitRepoVolumeSource directory:string repository:string revision:string
GlusterfsVolumeSource endpoints:string path:string readOnly:bool
HTTPGetAction host:string httpHeaders:[HTTPHeader] path:string port:IntOrString scheme:string
HTTPHeader name:string value:string
HostAlias hostnames:[string] ip:string
HostIP ip:string
HostPathVolumeSource path:string type:string
ISCSIVolumeSource chapAuthDiscovery:bool chapAuthSession:bool fsType:string initiatorName:string iqn:string
  iscsiInterface:string lun:int32 portals:[string] readOnly:bool secretRef:LocalObjectReference targetPortal:string
ImageVolumeSource pullPolicy:string reference:string
ImageVolumeStatus imageRef:string
KeyToPath key:string mode:int32 path:string
LabelSelector matchExpressions:[LabelSelectorRequirement] matchLabels:{string}
LabelSelectorRequirement key:string operator:string values:[string]
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:string
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LinuxContainerUser gid:int64 supplementalGroups:[int64] uid:int64
LoadBalancerIngress hostname:string ip:string ipMode:string ports:[PortStatus]
LoadBalancerStatus ingress:[LoadBalancerIngress]
LocalObjectReference name:string
`
