import { agreementSuite } from "./agreement-suite.ts"

agreementSuite("iptables")
