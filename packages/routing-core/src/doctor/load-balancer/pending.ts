import { found, NOTHING, type ServiceCheck } from "../check.ts"
import { field } from "../text.ts"

/** type LoadBalancer, and nobody has given it an address. */
export const pendingLoadBalancer: ServiceCheck = (subject, { indexes }) => {
  const { service, name, namespace, kind } = subject
  const { spec, status } = service
  if (spec.type !== "LoadBalancer" || kind === "headless" || status?.loadBalancer?.ingress?.length) return NOTHING
  const meanwhile = spec.ports?.some((port) => port.nodePort)
    ? "Its cluster IP and node ports answer meanwhile."
    : "Its cluster IP answers meanwhile."
  if (spec.loadBalancerClass)
    return [
      found(subject, "warning", "load-balancer-pending", {
        ...field("spec.loadBalancerClass", spec.loadBalancerClass),
        message: `EXTERNAL-IP is <pending>: only a controller for the class ${spec.loadBalancerClass} gives an address, and none has. ${meanwhile}`,
        fix: `Install the controller for ${spec.loadBalancerClass}, or leave loadBalancerClass out. It cannot be changed while the type is LoadBalancer: change the type to NodePort and back.`,
        command: `kubectl patch service ${name} -n ${namespace} -p '{"spec":{"type":"NodePort"}}' && kubectl patch service ${name} -n ${namespace} -p '{"spec":{"type":"LoadBalancer"}}'`,
      }),
    ]
  const nobody = indexes.config.loadBalancer === "none"
  return [
    found(subject, "warning", "load-balancer-pending", {
      ...field("status.loadBalancer", {}),
      message: nobody
        ? `EXTERNAL-IP is <pending>: this cluster has no load balancer controller, so it stays so. ${meanwhile}`
        : `EXTERNAL-IP is <pending>: no controller has given an address yet. ${meanwhile}`,
      fix: nobody
        ? "Install one (MetalLB, cloud-provider-kind, a cloud's), or use type NodePort."
        : "Look at the Service's events; a few seconds are normal.",
      command: `kubectl describe service ${name} -n ${namespace}`,
    }),
  ]
}
