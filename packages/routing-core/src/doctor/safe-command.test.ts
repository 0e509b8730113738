import { expect, test } from "vitest"
import { pod, service } from "../testing/world.ts"
import { diagnosed } from "./diagnosed.ts"

const pods = [pod("web-1", "10.244.1.11", "web")]

const commandFor = (name: string): string | undefined => {
  const wrong = service(name, "10.96.0.20", { ports: [{ port: 80, targetPort: 9999 }] })
  return diagnosed({ pods, services: [wrong] }).find(({ code }) => code === "wrong-target-port")?.command
}

test("a command is given only where its names are names: it is there to be pasted into a shell", () => {
  expect(commandFor("web")).toContain("kubectl patch service web -n shop")
  for (const name of ["'; reboot '", "web; reboot", "$(reboot)", "`reboot`", "web && reboot", "web --all", "-A"])
    expect(commandFor(name)).toBeUndefined()
})

test("label values cannot break out of the command either", () => {
  const selector = { app: "wbe'; reboot '" }
  const labelled = [pod("web-1", "10.244.1.11", "web", { labels: { app: "wbe'; reboot 'x" } })]
  const [found] = diagnosed({ pods: labelled, services: [service("web", "10.96.0.20", { selector })] })
  expect(found?.code).toBe("no-endpoints-selector-mismatch")
  expect(found?.command).toBeUndefined()
})
