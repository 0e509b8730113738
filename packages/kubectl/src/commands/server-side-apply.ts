import type { JsonValue } from "@pilotage/kube-model"
import { pathOf } from "../api/discovery.ts"
import { withSource } from "../error-messages.ts"
import { isReason, plainError } from "../failure.ts"
import { isRecord } from "../json-value.ts"
import type { FileObject } from "../resources/files.ts"
import { type DryRun, printDone, validationOf } from "../resources/writes.ts"
import type { Session } from "../session.ts"

const CONFLICT_ADVICE = [
  "Please review the fields above--they currently have other managers. Here",
  "are the ways you can resolve this warning:",
  "* If you intend to manage all of these fields, please re-run the apply",
  "  command with the `--force-conflicts` flag.",
  "* If you do not intend to manage all of the fields, please edit your",
  "  manifest to remove references to the fields that should keep their",
  "  current managers.",
  "* You may co-own fields by updating your manifest to match the existing",
  "  value; in this case, you'll become the manager if the other manager(s)",
  "  stop managing the field (remove it from their configuration).",
  "See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts",
].join("\n")

/** `apply --server-side`: the server merges and keeps who owns which field. */
export const serverSideApply = async (session: Session, item: FileObject, dryRun: DryRun): Promise<void> => {
  const { type, namespace, name, source } = item
  const body = await session.api
    .send("PATCH", pathOf(type, namespace, name), {
      contentType: "application/apply-patch+yaml",
      query: {
        ...(dryRun === "server" ? { dryRun: "All" } : {}),
        fieldManager: session.flags.text("field-manager") || "kubectl",
        fieldValidation: validationOf(session),
        force: session.flags.bool("force-conflicts") ? "true" : "false",
      },
      body: item.object as JsonValue,
    })
    .catch((error: unknown) => {
      if (isReason(error, "Conflict")) throw plainError(`${error.status.message ?? "conflict"}\n${CONFLICT_ADVICE}`)
      throw withSource("applying server-side patch to", source, error)
    })
  printDone(session, type, isRecord(body) ? body : {}, name, "serverside-applied", dryRun)
}
