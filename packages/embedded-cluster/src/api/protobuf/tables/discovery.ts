/** Messages of discovery.k8s.io/v1: see message-type.ts. */
export const DISCOVERY = `
Endpoint addresses:1[] conditions:2EndpointConditions hostname:3? targetRef:4ObjectReference deprecatedTopology:5{}
  nodeName:6? zone:7? hints:8EndpointHints
EndpointConditions ready:1?bool serving:2?bool terminating:3?bool
EndpointHints forZones:1[ForZone] forNodes:2[ForNode]
EndpointPort name:1? protocol:2? port:3?int32 appProtocol:4?
EndpointSlice metadata:1ObjectMeta endpoints:2[Endpoint] ports:3[EndpointPort] addressType:4?
ForNode name:1?
ForZone name:1?
`
