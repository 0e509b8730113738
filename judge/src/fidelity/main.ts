/** `pnpm fidelity`: writes docs/fidelity.md. */
import { writeFileSync } from "node:fs"
import { FIDELITY_FILE, fidelityDocument } from "./fidelity.ts"

writeFileSync(FIDELITY_FILE, fidelityDocument())
