export { type Curriculum, readCurriculum, readLab } from "./read-labs.ts"
