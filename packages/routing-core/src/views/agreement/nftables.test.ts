import { agreementSuite } from "./agreement-suite.ts"

agreementSuite("nftables")
