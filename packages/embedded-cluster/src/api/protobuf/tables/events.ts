/** Messages of events.k8s.io/v1: see message-type.ts. */
export const EVENTS = `
Event metadata:1ObjectMeta eventTime:2MicroTime series:3EventSeries reportingController:4 reportingInstance:5 action:6
  reason:7 regarding:8ObjectReference related:9ObjectReference note:10 type:11 deprecatedSource:12EventSource
  deprecatedFirstTimestamp:13Time deprecatedLastTimestamp:14Time deprecatedCount:15int32
EventSeries count:1?int32 lastObservedTime:2MicroTime
`
