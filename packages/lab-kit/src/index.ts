export type { ClusterPort, CurlObservation, CurlProbe, LearnerCurl, LogQuery, ObjectKey } from "./cluster-port.ts"
export { clusterPortContract, contractObjects } from "./cluster-port-contract.ts"
export { type GradeOptions, grade } from "./grade.ts"
export {
  type Alternative,
  type Answers,
  briefOf,
  type Lab,
  type LabBrief,
  type LabError,
  type LabFiles,
  type Lesson,
  rightAnswers,
  type WrongAnswer,
} from "./lab.ts"
export { parseCourse, parseLesson } from "./lesson.ts"
export { labContent, parseLab } from "./parse-lab.ts"
export type { CheckResult, CheckStatus, LabResult } from "./result.ts"
export type { Check, CheckKind, CheckOf } from "./schema/check-schema.ts"
export type { Course, LessonMeta } from "./schema/course-schema.ts"
export type { LabHint, LabSpec, LabTask } from "./schema/lab-schema.ts"
export { offsetOf } from "./yaml-offset.ts"
