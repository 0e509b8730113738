/** Types that are part of requests and answers but not of any object of the store: see types-a-l.ts. */
export const WIRE_TYPES = `
APIResource categories:[string] group:string kind:string name:string namespaced:bool shortNames:[string]
  singularName:string storageVersionHash:string verbs:[string] version:string
APIResourceList apiVersion:string groupVersion:string kind:string resources:[APIResource]
DeleteOptions apiVersion:string dryRun:[string] gracePeriodSeconds:int64
  ignoreStoreReadErrorWithClusterBreakingPotential:bool kind:string orphanDependents:bool preconditions:Preconditions
  propagationPolicy:string
ListMeta continue:string remainingItemCount:int64 resourceVersion:string selfLink:string shardInfo:ShardInfo
Preconditions resourceVersion:string uid:string
Scale apiVersion:string kind:string metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus
ScaleSpec replicas:int32
ScaleStatus replicas:int32 selector:string
ShardInfo selector:string
Status apiVersion:string code:int32 details:StatusDetails kind:string message:string metadata:ListMeta reason:string
  status:string
StatusCause field:string message:string reason:string
StatusDetails causes:[StatusCause] group:string kind:string name:string retryAfterSeconds:int32 uid:string
`
