import { judgeAllocatorOffsets } from "./api/allocator-offsets.ts"
import { judgeDefaults } from "./api/defaults.ts"
import { judgePrinters } from "./api/printers.ts"
import { judgeServiceWarnings, judgeStorageUnits, judgeTypeChanges } from "./api/service-steps.ts"
import { judgeServiceStorage } from "./api/service-storage.ts"
import { judgeExternalTraffic, judgeLoadBalancerStatus, judgeServiceValidation } from "./api/service-validation.ts"
import { judgeSliceController, judgeSliceReconcile } from "./api/slice-reconcile.ts"
import { judgeSliceUnits } from "./api/slice-units.ts"
import { judgeSliceValidation } from "./api/slice-validation.ts"
import { judgeQueries } from "./dns/queries.ts"
import { judgeFlows } from "./proxy/flows.ts"
import { judgeTopology } from "./proxy/topology.ts"
import { judgeDataplane } from "./recordings/dataplane.ts"
import { judgeMetallb } from "./recordings/metallb.ts"
import { judgeUnsettled } from "./recordings/unsettled.ts"
import type { JudgedCase } from "./verdict.ts"

/** Judges one file; throws CaseFileError when the file is not what its name promises. */
export type Judge = (file: string) => Iterable<JudgedCase>

/** Which file names are which cases. The first that fits counts. */
const JUDGES: readonly { readonly name: RegExp; readonly judge: Judge }[] = [
  { name: /^proxy-(iptables|nftables|ipvs)-.+\.json$/, judge: judgeFlows },
  { name: /^proxy-topology.*\.json$/, judge: judgeTopology },
  { name: /^dns-queries.*\.json$/, judge: judgeQueries },
  { name: /^service-validate-(create|update).*\.json$/, judge: judgeServiceValidation },
  { name: /^service-validate-etp.*\.json$/, judge: judgeExternalTraffic },
  { name: /^service-validate-lbstatus.*\.json$/, judge: judgeLoadBalancerStatus },
  { name: /^service-warnings.*\.json$/, judge: judgeServiceWarnings },
  { name: /^service-type-dependent-fields.*\.json$/, judge: judgeTypeChanges },
  { name: /^service-storage-units.*\.json$/, judge: judgeStorageUnits },
  { name: /^service-storage.*\.json$/, judge: judgeServiceStorage },
  { name: /^defaults.*\.json$/, judge: judgeDefaults },
  { name: /^allocator-offsets.*\.json$/, judge: judgeAllocatorOffsets },
  { name: /^endpointslice-validate.*\.json$/, judge: judgeSliceValidation },
  { name: /^endpointslice-reconcile.*\.json$/, judge: judgeSliceReconcile },
  { name: /^endpointslice-controller.*\.json$/, judge: judgeSliceController },
  { name: /^endpointslice-units.*\.json$/, judge: judgeSliceUnits },
  { name: /^printers.*\.json$/, judge: judgePrinters },
  { name: /^dataplane-.+\.jsonl$/, judge: judgeDataplane },
  { name: /^unsettled-.+\.jsonl$/, judge: judgeUnsettled },
  { name: /^metallb.*\.jsonl$/, judge: judgeMetallb },
]

export const judgeFor = (name: string): Judge | undefined => JUDGES.find((each) => each.name.test(name))?.judge
