import { agreementSuite } from "./agreement-suite.ts"

agreementSuite("ipvs")
