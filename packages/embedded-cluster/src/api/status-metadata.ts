/** Metadata that a write to `/status` leaves as it is; the rest it changes like any other (the strategies' GetResetFields). */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  deployments: ["labels"],
  pods: ["deletionTimestamp", "ownerReferences"],
}

export const metadataKeptByStatus = (resource: string): readonly string[] => KEPT[resource] ?? []
