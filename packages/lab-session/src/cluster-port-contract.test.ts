import { createCluster } from "@pilotage/embedded-cluster"
import { clusterPortContract, contractObjects } from "@pilotage/lab-kit"
import { expect, test } from "vitest"
import { embeddedPort } from "./embedded-port.ts"

test.each(clusterPortContract.map((each) => [each.name, each] as const))("embedded: %s", async (_, { broken }) => {
  const cluster = createCluster({ seed: 7, topology: { nodes: 2 }, objects: contractObjects })
  if (!cluster.ok) throw new Error(`${cluster.error.path} ${cluster.error.message}`)
  expect(await broken(embeddedPort(cluster.value, cluster.value.fork()))).toBeUndefined()
})
