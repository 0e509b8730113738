/** Messages of resource.k8s.io/v1: see message-type.ts. */
export const RESOURCE = `
AllocatedDeviceStatus driver:1? pool:2? device:3? shareID:7? conditions:4[Condition] data:5Raw
  networkData:6NetworkDeviceData
AllocationResult devices:1DeviceAllocationResult nodeSelector:3NodeSelector allocationTimestamp:5Time
CELDeviceSelector expression:1?
CapacityRequestPolicy default:1Quantity validValues:3[Quantity] validRange:4CapacityRequestPolicyRange
CapacityRequestPolicyRange min:1Quantity max:2Quantity step:3Quantity
CapacityRequirements requests:1{Quantity}
Counter value:1Quantity
CounterSet name:1? counters:2{Counter}
Device name:1? attributes:2{DeviceAttribute} capacity:3{DeviceCapacity} consumesCounters:4[DeviceCounterConsumption]
  nodeName:5? nodeSelector:6NodeSelector allNodes:7?bool taints:8[DeviceTaint] bindsToNode:9?bool
  bindingConditions:10[] bindingFailureConditions:11[] allowMultipleAllocations:12?bool
  nodeAllocatableResourceMappings:13{NodeAllocatableResourceMapping}
DeviceAllocationConfiguration source:1? requests:2[] deviceConfiguration:3^DeviceConfiguration
DeviceAllocationResult results:1[DeviceRequestAllocationResult] config:2[DeviceAllocationConfiguration]
DeviceAttribute int:2?int64 bool:3?bool string:4? version:5? ints:6[int64] bools:7[bool] strings:8[] versions:9[]
DeviceCapacity value:1Quantity requestPolicy:2CapacityRequestPolicy
DeviceClaim requests:1[DeviceRequest] constraints:2[DeviceConstraint] config:3[DeviceClaimConfiguration]
DeviceClaimConfiguration requests:1[] deviceConfiguration:2^DeviceConfiguration
DeviceClass metadata:1ObjectMeta spec:2DeviceClassSpec
DeviceClassConfiguration deviceConfiguration:1^DeviceConfiguration
DeviceClassSpec selectors:1[DeviceSelector] config:2[DeviceClassConfiguration] extendedResourceName:4?
DeviceConfiguration opaque:1OpaqueDeviceConfiguration
DeviceConstraint requests:1[] matchAttribute:2? distinctAttribute:3?
DeviceCounterConsumption counterSet:1? counters:2{Counter}
DeviceRequest name:1? exactly:2ExactDeviceRequest firstAvailable:3[DeviceSubRequest]
DeviceRequestAllocationResult request:1? driver:2? pool:3? device:4? adminAccess:5?bool
  tolerations:6[DeviceToleration] bindingConditions:7[] bindingFailureConditions:8[] shareID:9?
  consumedCapacity:10{Quantity}
DeviceSelector cel:1CELDeviceSelector
DeviceSubRequest name:1? deviceClassName:2? selectors:3[DeviceSelector] allocationMode:4 count:5int64
  tolerations:6[DeviceToleration] capacity:7CapacityRequirements
DeviceTaint key:1? value:2 effect:3? timeAdded:4Time
DeviceToleration key:1 operator:2 value:3 effect:4 tolerationSeconds:5?int64
ExactDeviceRequest deviceClassName:1? selectors:2[DeviceSelector] allocationMode:3 count:4int64 adminAccess:5?bool
  tolerations:6[DeviceToleration] capacity:7CapacityRequirements
NetworkDeviceData interfaceName:1 ips:2[] hardwareAddress:3
NodeAllocatableResourceMapping capacityKey:1? allocationMultiplier:2Quantity
OpaqueDeviceConfiguration driver:1? parameters:2Raw
ResourceClaim metadata:1ObjectMeta spec:2ResourceClaimSpec status:3ResourceClaimStatus
ResourceClaimConsumerReference apiGroup:1 resource:3? name:4? uid:5?
ResourceClaimSpec devices:1DeviceClaim
ResourceClaimStatus allocation:1AllocationResult reservedFor:2[ResourceClaimConsumerReference]
  devices:4[AllocatedDeviceStatus]
ResourceClaimTemplate metadata:1ObjectMeta spec:2ResourceClaimTemplateSpec
ResourceClaimTemplateSpec metadata:1ObjectMeta spec:2ResourceClaimSpec
ResourcePool name:1? generation:2?int64 resourceSliceCount:3?int64
ResourceSlice metadata:1ObjectMeta spec:2ResourceSliceSpec
ResourceSliceSpec driver:1? pool:2ResourcePool nodeName:3? nodeSelector:4NodeSelector allNodes:5?bool
  devices:6[Device] perDeviceNodeSelection:7?bool sharedCounters:8[CounterSet]
`
