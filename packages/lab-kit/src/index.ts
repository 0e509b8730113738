export type { ClusterPort, CurlObservation, CurlProbe, LearnerCurl, LogQuery, ObjectKey } from "./cluster-port.ts"
export type { CheckResult, CheckStatus, LabResult } from "./result.ts"
