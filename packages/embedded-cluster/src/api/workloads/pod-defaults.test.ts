import { expect, test } from "vitest"
import { podSpecDefaults } from "./pod-defaults.ts"
import { podLevelDefaults } from "./pod-level-defaults.ts"

const limited = { name: "c", image: "nginx", resources: { limits: { cpu: "1", memory: "1n" } } }

test("a pod requests what it is limited to, a template shows what was written", () => {
  const spec = podSpecDefaults({ containers: [limited], initContainers: [limited] })
  const limits = { cpu: "1", memory: "1m" }
  expect(spec.containers).toMatchObject([{ resources: { limits } }])
  expect(JSON.stringify(spec)).not.toContain("requests")
  const pod = podLevelDefaults(spec)
  expect(pod).toMatchObject({
    containers: [{ resources: { limits, requests: limits } }],
    initContainers: [{ resources: { requests: limits } }],
    enableServiceLinks: true,
  })
})

test("on the node's network a pod's ports are the node's, but a template's are not yet", () => {
  const ports = [{ containerPort: 80 }]
  const spec = podSpecDefaults({ hostNetwork: true, containers: [{ name: "c", image: "nginx", ports }] })
  expect(spec.containers).toMatchObject([{ ports: [{ containerPort: 80, protocol: "TCP" }] }])
  expect(JSON.stringify(spec)).not.toContain("hostPort")
  expect(podLevelDefaults(spec).containers).toMatchObject([{ ports: [{ containerPort: 80, hostPort: 80 }] }])
})

test("volumes get what their source has by default, wherever a field of the pod is named the version is v1", () => {
  const fieldRef = { fieldPath: "metadata.name" }
  const spec = podSpecDefaults({
    containers: [{ name: "c", image: "nginx", env: [{ name: "N", valueFrom: { fieldRef } }] }],
    volumes: [
      { name: "a" },
      { name: "b", hostPath: { path: "/b" } },
      { name: "c", downwardAPI: { items: [{ path: "n", fieldRef }] } },
      { name: "d", projected: { sources: [{ serviceAccountToken: { path: "t" } }] } },
      { name: "e", ephemeral: { volumeClaimTemplate: {} } },
    ],
  })
  const versioned = { apiVersion: "v1", fieldPath: "metadata.name" }
  expect(spec).toMatchObject({
    containers: [{ env: [{ valueFrom: { fieldRef: versioned } }] }],
    volumes: [
      { emptyDir: {} },
      { hostPath: { type: "" } },
      { downwardAPI: { defaultMode: 420, items: [{ fieldRef: versioned }] } },
      { projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3600 } }] } },
      { ephemeral: { volumeClaimTemplate: { spec: { volumeMode: "Filesystem" } } } },
    ],
  })
})
