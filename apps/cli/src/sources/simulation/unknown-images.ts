import type { Container, Pod, PodSpec } from "@pilotage/kube-model"

/** Starts at once, stays, and listens on nothing: stands for programs that the simulation does not know. */
const STAND_IN = "registry.k8s.io/pause:3.10"

const IMAGE_PROBLEMS: ReadonlySet<string> = new Set(["ErrImagePull", "ImagePullBackOff", "InvalidImageName"])

/** Images that the simulation could not start, because it does not know them. */
export const unknownImages = (pods: readonly Pod[]): ReadonlySet<string> =>
  new Set(
    pods.flatMap(({ spec, status }) => {
      const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].filter(
        ({ state }) => IMAGE_PROBLEMS.has(state?.waiting?.reason ?? ""),
      )
      const containers = [...(spec.initContainers ?? []), ...spec.containers]
      return waiting.flatMap(({ name }) => containers.find((each) => each.name === name)?.image ?? [])
    }),
  )

const standIn = (container: Container): Container => {
  const { command, args, readinessProbe, livenessProbe, startupProbe, lifecycle, ...rest } = container
  return { ...rest, image: STAND_IN }
}

export const usesImages = (spec: PodSpec, images: ReadonlySet<string>): boolean =>
  spec.containers.some(({ image }) => images.has(image))

/** The pod with stand-ins for unknown images; unknown init containers are taken to have done their work. */
export const withStandIns = (spec: PodSpec, images: ReadonlySet<string>): PodSpec => {
  const { initContainers, ...rest } = spec
  const init = (initContainers ?? []).filter(({ image }) => !images.has(image))
  return {
    ...rest,
    containers: spec.containers.map((each) => (images.has(each.image) ? standIn(each) : each)),
    ...(init.length > 0 ? { initContainers: init } : {}),
  }
}
