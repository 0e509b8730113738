import type { KubeObject } from "@pilotage/kube-model"

const AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.63.0"

const netexec = (port: number) => ["netexec", `--http-port=${port}`, `--udp-port=${port + 1}`]

/** A pod with the containers `main`, which answers on 8080, and `side`. */
export const twoContainers = (name: string): KubeObject =>
  ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", labels: { app: name } },
    spec: {
      containers: [
        { name: "main", image: AGNHOST, args: netexec(8080) },
        { name: "side", image: AGNHOST, args: ["pause"] },
      ],
    },
  }) as KubeObject

/** A cluster of pods that have been started a minute ago. */
export const aMinuteOld = (...objects: readonly KubeObject[]) => ({ objects, startTime: Date.now() - 60_000 })
