import type { Command } from "../command.ts"
import { at, records, text } from "../json-value.ts"

export const clusterInfo: Command = {
  name: "cluster-info",
  summary: "Say where the control plane and the cluster's services are",
  async run(session) {
    const { serverAddress } = session.host
    const list = await session.api.send("GET", "/api/v1/namespaces/kube-system/services", {
      query: { labelSelector: "kubernetes.io/cluster-service=true" },
    })
    session.print(`Kubernetes control plane is running at ${serverAddress}`)
    for (const service of records(at(list, "items"))) {
      const name = text(at(service, "metadata", "name"))
      const label = text(at(service, "metadata", "labels", "kubernetes.io/name")) || name
      const port = text(at(service, "spec", "ports", 0, "name"))
      session.print(
        `${label} is running at ${serverAddress}/api/v1/namespaces/kube-system/services/${name}${port === "" ? "" : `:${port}`}/proxy`,
      )
    }
    session.print("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")
    return 0
  },
}
