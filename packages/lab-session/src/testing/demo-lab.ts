import type { LabBrief } from "@pilotage/lab-kit"

/** A small lab: a Service whose selector fits no pod, and one check that it is reached. */
export const demoLab: LabBrief = {
  id: "demo",
  title: "Demo",
  summary: "A Service without endpoints.",
  minutes: 1,
  namespace: "default",
  version: "v1",
  cluster: { nodes: 3, proxyMode: "iptables", loadBalancer: "none", seed: 1 },
  home: {},
  debrief: "The selector did not match.",
  start: [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "default" },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: {
            containers: [
              {
                name: "web",
                image: "registry.k8s.io/e2e-test-images/agnhost:2.63.0",
                args: ["netexec", "--http-port=8080"],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "default" },
      spec: { selector: { app: "wbe" }, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ],
  tasks: [
    {
      id: "repair",
      title: "Repair",
      instructions: "Make it answer.",
      hints: [],
      checks: [
        {
          kind: "curl",
          id: "answers",
          title: "web answers",
          weight: 1,
          from: { pod: { labels: "app=web" } },
          url: "http://web/hostname",
          maxTimeMs: 2000,
          connections: 1,
          expect: { exitCode: 0, status: 200 },
        },
      ],
    },
  ],
}

/** What repairs the demo lab. */
export const repair = {
  method: "PATCH",
  path: "/api/v1/namespaces/default/services/web",
  headers: { "content-type": "application/merge-patch+json" },
  body: { spec: { selector: { app: "web" } } },
} as const
