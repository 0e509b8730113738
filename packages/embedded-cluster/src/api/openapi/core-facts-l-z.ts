/** What OpenAPI says of the core group's types beside their fields, L to Z: see core-facts-a-k.ts. */
export const CORE_FACTS_L_TO_Z = `
Lifecycle
  stopSignal<SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ>
LimitRange spec{}
LimitRangeItem type!
LimitRangeSpec limits[a]!
LinuxContainerUser gid! supplementalGroups[a] uid!
LoadBalancerIngress ports[a]
LoadBalancerStatus ingress[a]
LocalObjectReference @atomic name=
LocalVolumeSource path!
ModifyVolumeStatus status<InProgress|Infeasible|Pending>!
NFSVolumeSource path! server!
Namespace spec{} status{}
NamespaceCondition status! type!
NamespaceSpec finalizers[a]
NamespaceStatus conditions[type] phase<Active|Terminating>
Node spec{} status{}
NodeAddress address! type!
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution[a]
NodeAllocatableResourceClaimStatus containers[s] resourceClaimName! resources!
NodeCondition status! type!
NodeDaemonEndpoints kubeletEndpoint{}
NodeRuntimeHandler name=
NodeSelector @atomic nodeSelectorTerms[a]!
NodeSelectorRequirement key! operator<DoesNotExist|Exists|Gt|In|Lt|NotIn>! values[a]
NodeSelectorTerm @atomic matchExpressions[a] matchFields[a]
NodeSpec podCIDRs[s] taints[a]
NodeStatus addresses[type] conditions[type] daemonEndpoints{} declaredFeatures[a] images[a] nodeInfo{}
  phase<Pending|Running|Terminated> runtimeHandlers[a] volumesAttached[a] volumesInUse[a]
NodeSystemInfo architecture! bootID! containerRuntimeVersion! kernelVersion! kubeProxyVersion! kubeletVersion!
  machineID! operatingSystem! osImage! systemUUID!
ObjectFieldSelector @atomic fieldPath!
ObjectReference @atomic
PersistentVolume spec{} status{}
PersistentVolumeClaim spec{} status{}
PersistentVolumeClaimCondition status! type!
PersistentVolumeClaimSpec accessModes<ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod>[a] resources{} volumeMode<Block|Filesystem>
PersistentVolumeClaimStatus accessModes<ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod>[a] allocatedResourceStatuses<ControllerResizeInProgress|ControllerResizeInfeasible|NodeResizeInProgress|NodeResizeInfeasible|NodeResizePending>[g] conditions[type] phase<Bound|Lost|Pending>
PersistentVolumeClaimTemplate spec{}!
PersistentVolumeClaimVolumeSource claimName!
PersistentVolumeSpec accessModes<ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod>[a] claimRef[g] mountOptions[a] persistentVolumeReclaimPolicy<Delete|Recycle|Retain>
  volumeMode<Block|Filesystem>
PersistentVolumeStatus phase<Available|Bound|Failed|Pending|Released>
PhotonPersistentDiskVolumeSource pdID!
Pod spec{} status{}
PodAffinity preferredDuringSchedulingIgnoredDuringExecution[a] requiredDuringSchedulingIgnoredDuringExecution[a]
PodAffinityTerm matchLabelKeys[a] mismatchLabelKeys[a] namespaces[a] topologyKey!
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution[a] requiredDuringSchedulingIgnoredDuringExecution[a]
PodCertificateProjection keyType=?! signerName=?!
PodCondition status! type!
PodDNSConfig nameservers[a] options[a] searches[a]
PodExtendedResourceClaimStatus requestMappings[a]! resourceClaimName!
PodIP ip!
PodOS name!
PodReadinessGate conditionType!
PodResourceClaim name!
PodResourceClaimStatus name!
PodSchedulingGate name!
PodSchedulingGroup @union(,podGroupName)
PodSecurityContext fsGroupChangePolicy<Always|OnRootMismatch> supplementalGroups[a]
  supplementalGroupsPolicy<Merge|Strict> sysctls[a]
PodSpec containers[name]! dnsPolicy<ClusterFirst|ClusterFirstWithHostNet|Default|None> ephemeralContainers[name]
  hostAliases[ip] imagePullSecrets[name] initContainers[name] nodeSelector[a]
  preemptionPolicy<Never|PreemptLowerPriority> readinessGates[a] resourceClaims[name]+
  restartPolicy<Always|Never|OnFailure> schedulingGates[name] tolerations[a]
  topologySpreadConstraints[topologyKey,whenUnsatisfiable] volumes[name]+
PodStatus conditions[type] containerStatuses[a] ephemeralContainerStatuses[a] hostIPs[a] initContainerStatuses[a]
  nodeAllocatableResourceClaimStatuses[a] phase<Failed|Pending|Running|Succeeded|Unknown> podIPs[ip]
  qosClass<BestEffort|Burstable|Guaranteed> resourceClaimStatuses[name]+
PodTemplate template{}
PodTemplateSpec spec{}
PortStatus port! protocol<SCTP|TCP|UDP>!
PortworxVolumeSource volumeID!
PreferredSchedulingTerm preference{}! weight!
ProjectedVolumeSource sources[a]
QuobyteVolumeSource registry! volume!
RBDPersistentVolumeSource image! keyring=/etc/ceph/keyring monitors[a]! pool=rbd user=admin
RBDVolumeSource image! keyring=/etc/ceph/keyring monitors[a]! pool=rbd user=admin
ReplicationController spec{} status{}
ReplicationControllerCondition status! type!
ReplicationControllerSpec minReadySeconds=0 replicas=1 selector[a]
ReplicationControllerStatus conditions[type] replicas!
ResourceClaim name!
ResourceFieldSelector @atomic resource!
ResourceHealth resourceID!
ResourceQuota spec{} status{}
ResourceQuotaSpec scopes<BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass>[a]
ResourceRequirements claims[name]
ResourceStatus name! resources[resourceID]
ScaleIOPersistentVolumeSource fsType=xfs gateway! secretRef! storageMode=ThinProvisioned system!
ScaleIOVolumeSource fsType=xfs gateway! secretRef! storageMode=ThinProvisioned system!
ScopeSelector @atomic matchExpressions[a]
ScopedResourceSelectorRequirement operator<DoesNotExist|Exists|In|NotIn>!
  scopeName<BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass>!
  values[a]
SeccompProfile @union(type,localhostProfile) type<Localhost|RuntimeDefault|Unconfined>!
Secret
SecretEnvSource name=
SecretKeySelector @atomic key! name=
SecretProjection items[a] name=
SecretReference @atomic
SecretVolumeSource items[a]
SecurityContext procMount<Default|Unmasked>
Service spec{} status{}
ServiceAccount imagePullSecrets[a] secrets[name]
ServiceAccountTokenProjection path!
ServicePort port! protocol<SCTP|TCP|UDP>=TCP
ServiceSpec clusterIPs[a] externalIPs[a] externalTrafficPolicy<Cluster|Local> internalTrafficPolicy<Cluster|Local>
  ipFamilies<|IPv4|IPv6>[a] ipFamilyPolicy<PreferDualStack|RequireDualStack|SingleStack> loadBalancerSourceRanges[a]
  ports[port,protocol] selector[a] sessionAffinity<ClientIP|None> type<ClusterIP|ExternalName|LoadBalancer|NodePort>
ServiceStatus conditions[type] loadBalancer{}
SleepAction seconds!
Sysctl name! value!
TCPSocketAction port!
Taint effect<NoExecute|NoSchedule|PreferNoSchedule>! key!
Toleration effect<NoExecute|NoSchedule|PreferNoSchedule> operator<Equal|Exists|Gt|Lt>
TopologySelectorLabelRequirement key! values[a]!
TopologySelectorTerm @atomic matchLabelExpressions[a]
TopologySpreadConstraint matchLabelKeys[a] maxSkew! nodeAffinityPolicy<Honor|Ignore> nodeTaintsPolicy<Honor|Ignore>
  topologyKey! whenUnsatisfiable<DoNotSchedule|ScheduleAnyway>!
TypedLocalObjectReference @atomic kind! name!
TypedObjectReference kind! name!
Volume name!
VolumeDevice devicePath! name!
VolumeMount mountPath! mountPropagation<Bidirectional|HostToContainer|None> name!
VolumeMountStatus mountPath! name!
VsphereVirtualDiskVolumeSource volumePath!
WeightedPodAffinityTerm podAffinityTerm{}! weight!
`
