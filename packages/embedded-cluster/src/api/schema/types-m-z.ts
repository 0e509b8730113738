/** The API's types by name, M to Z: see types-a-l.ts. */
export const TYPES_M_TO_Z = `
ManagedFieldsEntry apiVersion:string fieldsType:string fieldsV1:any manager:string operation:string
  subresource:string time:Time
NFSVolumeSource path:string readOnly:bool server:string
Namespace apiVersion:string kind:string metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
NamespaceCondition lastTransitionTime:Time message:string reason:string status:string type:string
NamespaceSpec finalizers:[string]
NamespaceStatus conditions:[NamespaceCondition]~type phase:string
Node apiVersion:string kind:string metadata:ObjectMeta spec:NodeSpec status:NodeStatus
NodeAddress address:string type:string
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
  requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeAllocatableResourceClaimStatus containers:[string] resourceClaimName:string resources:{Quantity}
NodeCondition lastHeartbeatTime:Time lastTransitionTime:Time message:string reason:string status:string type:string
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error:string lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:bool
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name:string
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:bool userNamespaces:bool
NodeSelector nodeSelectorTerms:[NodeSelectorTerm]
NodeSelectorRequirement key:string operator:string values:[string]
NodeSelectorTerm matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
NodeSpec configSource:NodeConfigSource externalID:string podCIDR:string podCIDRs:[string]~ providerID:string
  taints:[Taint] unschedulable:bool
NodeStatus addresses:[NodeAddress]~type allocatable:{Quantity} capacity:{Quantity} conditions:[NodeCondition]~type
  config:NodeConfigStatus daemonEndpoints:NodeDaemonEndpoints declaredFeatures:[string] features:NodeFeatures
  images:[ContainerImage] nodeInfo:NodeSystemInfo phase:string runtimeHandlers:[NodeRuntimeHandler]
  volumesAttached:[AttachedVolume] volumesInUse:[string]
NodeSwapStatus capacity:int64
NodeSystemInfo architecture:string bootID:string containerRuntimeVersion:string kernelVersion:string
  kubeProxyVersion:string kubeletVersion:string machineID:string operatingSystem:string osImage:string
  swap:NodeSwapStatus systemUUID:string
ObjectFieldSelector apiVersion:string fieldPath:string
ObjectMeta annotations:{string} creationTimestamp:Time deletionGracePeriodSeconds:int64 deletionTimestamp:Time
  finalizers:[string]~ generateName:string generation:int64 labels:{string} managedFields:[ManagedFieldsEntry]
  name:string namespace:string ownerReferences:[OwnerReference]~uid resourceVersion:string selfLink:string
  uid:string
ObjectReference apiVersion:string fieldPath:string kind:string name:string namespace:string resourceVersion:string
  uid:string
OwnerReference apiVersion:string blockOwnerDeletion:bool controller:bool kind:string name:string uid:string
PersistentVolumeClaimSpec accessModes:[string] dataSource:TypedLocalObjectReference
  dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector
  storageClassName:string volumeAttributesClassName:string volumeMode:string volumeName:string
PersistentVolumeClaimTemplate metadata:ObjectMeta spec:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName:string readOnly:bool
PhotonPersistentDiskVolumeSource fsType:string pdID:string
Pod apiVersion:string kind:string metadata:ObjectMeta spec:PodSpec status:PodStatus
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[string] mismatchLabelKeys:[string]
  namespaceSelector:LabelSelector namespaces:[string] topologyKey:string
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodCertificateProjection certificateChainPath:string credentialBundlePath:string keyPath:string keyType:string
  maxExpirationSeconds:int32 signerName:string userAnnotations:{string}
PodCondition lastProbeTime:Time lastTransitionTime:Time message:string observedGeneration:int64 reason:string
  status:string type:string
PodDNSConfig nameservers:[string] options:[PodDNSConfigOption] searches:[string]
PodDNSConfigOption name:string value:string
PodExtendedResourceClaimStatus requestMappings:[ContainerExtendedResourceRequest] resourceClaimName:string
PodIP ip:string
PodOS name:string
PodReadinessGate conditionType:string
PodResourceClaim name:string resourceClaimName:string resourceClaimTemplateName:string
PodResourceClaimStatus name:string resourceClaimName:string
PodSchedulingGate name:string
PodSchedulingGroup podGroupName:string
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:int64 fsGroupChangePolicy:string runAsGroup:int64
  runAsNonRoot:bool runAsUser:int64 seLinuxChangePolicy:string seLinuxOptions:SELinuxOptions
  seccompProfile:SeccompProfile supplementalGroups:[int64] supplementalGroupsPolicy:string sysctls:[Sysctl]
  windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:int64 affinity:Affinity automountServiceAccountToken:bool containers:[Container]~name
  dnsConfig:PodDNSConfig dnsPolicy:string enableServiceLinks:bool ephemeralContainers:[EphemeralContainer]~name
  hostAliases:[HostAlias]~ip hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname:string
  hostnameOverride:string imagePullSecrets:[LocalObjectReference]~name initContainers:[Container]~name
  nodeName:string nodeSelector:{string} os:PodOS overhead:{Quantity} preemptionPolicy:string priority:int32
  priorityClassName:string readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim]~name!
  resources:ResourceRequirements restartPolicy:string runtimeClassName:string schedulerName:string
  schedulingGates:[PodSchedulingGate]~name schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext
  serviceAccount:string serviceAccountName:string setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain:string
  terminationGracePeriodSeconds:int64 tolerations:[Toleration]
  topologySpreadConstraints:[TopologySpreadConstraint]~topologyKey volumes:[Volume]~name!
PodStatus allocatedResources:{Quantity} conditions:[PodCondition]~type containerStatuses:[ContainerStatus]
  ephemeralContainerStatuses:[ContainerStatus] extendedResourceClaimStatus:PodExtendedResourceClaimStatus
  hostIP:string hostIPs:[HostIP]~ip initContainerStatuses:[ContainerStatus] message:string
  nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] nominatedNodeName:string
  observedGeneration:int64 phase:string podIP:string podIPs:[PodIP]~ip qosClass:string reason:string resize:string
  resourceClaimStatuses:[PodResourceClaimStatus]~name! resources:ResourceRequirements startTime:Time
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
PortStatus error:string port:int32 protocol:string
PortworxVolumeSource fsType:string readOnly:bool volumeID:string
PreferredSchedulingTerm preference:NodeSelectorTerm weight:int32
Probe exec:ExecAction failureThreshold:int32 grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:int32
  periodSeconds:int32 successThreshold:int32 tcpSocket:TCPSocketAction terminationGracePeriodSeconds:int64
  timeoutSeconds:int32
ProjectedVolumeSource defaultMode:int32 sources:[VolumeProjection]
QuobyteVolumeSource group:string readOnly:bool registry:string tenant:string user:string volume:string
RBDVolumeSource fsType:string image:string keyring:string monitors:[string] pool:string readOnly:bool
  secretRef:LocalObjectReference user:string
ReplicaSet apiVersion:string kind:string metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus
ReplicaSetCondition lastTransitionTime:Time message:string reason:string status:string type:string
ReplicaSetSpec minReadySeconds:int32 replicas:int32 selector:LabelSelector template:PodTemplateSpec
ReplicaSetStatus availableReplicas:int32 conditions:[ReplicaSetCondition]~type fullyLabeledReplicas:int32
  observedGeneration:int64 readyReplicas:int32 replicas:int32 terminatingReplicas:int32
ResourceClaim name:string request:string
ResourceFieldSelector containerName:string divisor:Quantity resource:string
ResourceHealth health:string message:string resourceID:string
ResourceRequirements claims:[ResourceClaim] limits:{Quantity} requests:{Quantity}
ResourceStatus name:string resources:[ResourceHealth]
RollingUpdateDeployment maxSurge:IntOrString maxUnavailable:IntOrString
SELinuxOptions level:string role:string type:string user:string
ScaleIOVolumeSource fsType:string gateway:string protectionDomain:string readOnly:bool
  secretRef:LocalObjectReference sslEnabled:bool storageMode:string storagePool:string system:string
  volumeName:string
SeccompProfile localhostProfile:string type:string
SecretEnvSource name:string optional:bool
SecretKeySelector key:string name:string optional:bool
SecretProjection items:[KeyToPath] name:string optional:bool
SecretVolumeSource defaultMode:int32 items:[KeyToPath] optional:bool secretName:string
SecurityContext allowPrivilegeEscalation:bool appArmorProfile:AppArmorProfile capabilities:Capabilities
  privileged:bool procMount:string readOnlyRootFilesystem:bool runAsGroup:int64 runAsNonRoot:bool runAsUser:int64
  seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
Service apiVersion:string kind:string metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus
ServiceAccountTokenProjection audience:string expirationSeconds:int64 path:string
ServicePort appProtocol:string name:string nodePort:int32 port:int32 protocol:string targetPort:IntOrString
ServiceSpec allocateLoadBalancerNodePorts:bool clusterIP:string clusterIPs:[string] externalIPs:[string]
  externalName:string externalTrafficPolicy:string healthCheckNodePort:int32 internalTrafficPolicy:string
  ipFamilies:[string] ipFamilyPolicy:string loadBalancerClass:string loadBalancerIP:string
  loadBalancerSourceRanges:[string] ports:[ServicePort]~port publishNotReadyAddresses:bool selector:{string}
  sessionAffinity:string sessionAffinityConfig:SessionAffinityConfig trafficDistribution:string type:string
ServiceStatus conditions:[Condition]~type loadBalancer:LoadBalancerStatus
SessionAffinityConfig clientIP:ClientIPConfig
SleepAction seconds:int64
StorageOSVolumeSource fsType:string readOnly:bool secretRef:LocalObjectReference volumeName:string
  volumeNamespace:string
Sysctl name:string value:string
TCPSocketAction host:string port:IntOrString
Taint effect:string key:string timeAdded:Time value:string
Toleration effect:string key:string operator:string tolerationSeconds:int64 value:string
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[string] maxSkew:int32 minDomains:int32
  nodeAffinityPolicy:string nodeTaintsPolicy:string topologyKey:string whenUnsatisfiable:string
TypedLocalObjectReference apiGroup:string kind:string name:string
TypedObjectReference apiGroup:string kind:string name:string namespace:string
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource
  azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource
  configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource
  emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource
  flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource
  glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource
  name:string nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource
  photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource
  projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource
  secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource
VolumeDevice devicePath:string name:string
VolumeMount mountPath:string mountPropagation:string name:string readOnly:bool recursiveReadOnly:string
  subPath:string subPathExpr:string
VolumeMountStatus mountPath:string name:string readOnly:bool recursiveReadOnly:string volumeStatus:VolumeStatus
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection
  downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection
  serviceAccountToken:ServiceAccountTokenProjection
VolumeResourceRequirements limits:{Quantity} requests:{Quantity}
VolumeStatus image:ImageVolumeStatus
VsphereVirtualDiskVolumeSource fsType:string storagePolicyID:string storagePolicyName:string volumePath:string
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm weight:int32
WindowsSecurityContextOptions gmsaCredentialSpec:string gmsaCredentialSpecName:string hostProcess:bool
  runAsUserName:string
`
