/** Texts of `kubectl explain` about Services and their endpoints. */
export const SERVICE: Readonly<Record<string, string>> = {
  Service:
    "A name and an address for a set of pods. Connections to the Service's address and port are sent to one of its endpoints, which are kept up to date as pods come and go.",
  "Service.spec": "How the Service is reached and which pods stand behind it.",
  "Service.status": "What the cluster says of the Service: above all its addresses at the load balancer. Read-only.",
  ServiceSpec: "How a Service is reached and which pods stand behind it.",
  "ServiceSpec.allocateLoadBalancerNodePorts":
    "Whether a Service of type LoadBalancer gets node ports as well. True unless set; may be false when the load balancer reaches pods without them. Node ports that are there stay until they are removed by hand.",
  "ServiceSpec.clusterIP":
    "The Service's address within the cluster, virtual: no host has it, every node sends connections to it on to an endpoint. Chosen from the service range unless given. None makes a headless Service: DNS answers with the addresses of the pods, and nothing is balanced. Not for type ExternalName.",
  "ServiceSpec.clusterIPs":
    "All cluster addresses: one, or for dual-stack Services one of each family. The first is clusterIP.",
  "ServiceSpec.externalIPs":
    "Further addresses at which nodes accept traffic for this Service. The cluster does not manage them: it is up to you that packets to them arrive at a node.",
  "ServiceSpec.externalName": "For type ExternalName: the name that DNS gives as an alias (CNAME). Nothing is proxied.",
  "ServiceSpec.externalTrafficPolicy":
    "What a node does with traffic from outside (node ports, load balancer addresses, external IPs). Cluster: any endpoint, and the client's address is replaced by the node's when the packet goes on. Local: only endpoints of the same node, so the client's address is kept, and a node without endpoints drops the traffic.",
  "ServiceSpec.healthCheckNodePort":
    "For type LoadBalancer with externalTrafficPolicy Local: the port at which each node tells load balancers whether it has endpoints of this Service. Chosen unless given; never changes.",
  "ServiceSpec.internalTrafficPolicy":
    "What a node does with traffic to the cluster IP. Cluster, the default: any endpoint. Local: only endpoints of the same node, and without any the traffic is dropped.",
  "ServiceSpec.ipFamilies":
    "IPv4, IPv6 or both: the families of the cluster IPs, in order. The first one never changes.",
  "ServiceSpec.ipFamilyPolicy":
    "SingleStack, the default; PreferDualStack: both families if the cluster has them; RequireDualStack: both, or the Service is refused.",
  "ServiceSpec.loadBalancerClass":
    "Which load balancer implementation looks after a Service of type LoadBalancer. Unset: the cluster's default one. Never changes while the type stays.",
  "ServiceSpec.loadBalancerIP":
    "Deprecated: the address that is wanted at the load balancer. Implementations have annotations for that.",
  "ServiceSpec.loadBalancerSourceRanges":
    "Only clients of these address ranges (CIDRs) may use the load balancer's address; others are dropped.",
  "ServiceSpec.ports": "The ports of the Service. Several ports need names. May be missing only in headless Services.",
  "ServiceSpec.publishNotReadyAddresses":
    "Treat all pods as ready, for DNS and endpoints. For peers that have to find each other before they are ready.",
  "ServiceSpec.selector":
    "Pods with these labels stand behind the Service. Without a selector nobody makes EndpointSlices: somebody else has to. Ignored for type ExternalName.",
  "ServiceSpec.sessionAffinity":
    "ClientIP: connections of one client address go to the same endpoint. None, the default: each is sent anywhere.",
  "ServiceSpec.sessionAffinityConfig": "Settings of the session affinity.",
  "ServiceSpec.trafficDistribution":
    "Which endpoints are preferred: PreferSameZone (or its older name PreferClose), PreferSameNode. If there are none of these, all are used.",
  "ServiceSpec.type":
    "How the Service is exposed. ClusterIP, the default: an address within the cluster. NodePort: also a port at every node. LoadBalancer: also an address at a load balancer. ExternalName: no address, only an alias in DNS.",
  ServicePort: "A port of a Service and where its connections go.",
  "ServicePort.appProtocol":
    "What is spoken at this port, for those who look inside: a registered name such as https, kubernetes.io/h2c, or example.com/own.",
  "ServicePort.name": "Name of the port, a DNS label. Needed when there are several; endpoints are matched by it.",
  "ServicePort.nodePort":
    "For types NodePort and LoadBalancer: the port at every node's addresses. Chosen from the range (30000-32767) unless given.",
  "ServicePort.port": "The port at which the Service is reached.",
  "ServicePort.protocol": "TCP, the default, UDP or SCTP.",
  "ServicePort.targetPort":
    "The port of the pods: a number, or the name of a container port, which may be another number in each pod. The same as port unless set. Ignored in headless Services.",
  "SessionAffinityConfig.clientIP": "Settings of affinity by client address.",
  "ClientIPConfig.timeoutSeconds":
    "Seconds without traffic after which a client may be sent elsewhere: 1 to 86400, 10800 (three hours) unless set.",
  ServiceStatus: "What the cluster says of a Service.",
  "ServiceStatus.conditions": "What is known of the state of the Service.",
  "ServiceStatus.loadBalancer": "The addresses at which the load balancer listens, once it does.",
  "LoadBalancerStatus.ingress": "Addresses of the load balancer. Empty while it is not ready.",
  "LoadBalancerIngress.hostname": "A name, for load balancers that are found by name.",
  "LoadBalancerIngress.ip": "An address, for load balancers that have one.",
  "LoadBalancerIngress.ipMode":
    "VIP: packets reach nodes still addressed to the load balancer, so nodes may answer for it. Proxy: they come addressed to a node or pod, and connections to the address leave the cluster.",
  "LoadBalancerIngress.ports": "What is known of the single ports.",
  EndpointSlice:
    "Some of the endpoints of a Service: addresses, ports and their state. All slices that bear the Service's name in the label kubernetes.io/service-name together are its endpoints.",
  "EndpointSlice.addressType": "IPv4, IPv6 or (deprecated) FQDN: what all addresses of the slice are. Never changes.",
  "EndpointSlice.endpoints": "The endpoints, 1000 at most; those of the controller 100.",
  "EndpointSlice.ports": "The ports that every endpoint of the slice has, 100 at most.",
  Endpoint: "One backend of a Service.",
  "Endpoint.addresses": "The address of the endpoint. Only the first is used.",
  "Endpoint.conditions": "Whether traffic should go there.",
  "Endpoint.deprecatedTopology": "Left over from v1beta1; cannot be written.",
  "Endpoint.hints": "For whom the endpoint is meant, when traffic is to stay near.",
  "Endpoint.hostname": "Host name by which DNS knows the endpoint in a headless Service.",
  "Endpoint.nodeName": "The node on which the endpoint is, by which local endpoints are known.",
  "Endpoint.targetRef": "The object behind the endpoint, mostly a pod.",
  "Endpoint.zone": "The zone in which the endpoint is.",
  EndpointConditions: "The state of an endpoint.",
  "EndpointConditions.ready":
    "New connections may go there: it serves and is not terminating. Always true where the Service publishes addresses that are not ready. Unset counts as true.",
  "EndpointConditions.serving": "It can answer, terminating or not. Unset counts as ready does.",
  "EndpointConditions.terminating": "It is on its way out.",
  "EndpointHints.forNodes": "Nodes for whose clients the endpoint is meant.",
  "EndpointHints.forZones": "Zones for whose clients the endpoint is meant.",
  "ForNode.name": "Name of the node.",
  "ForZone.name": "Name of the zone.",
  "EndpointPort.appProtocol": "What is spoken at this port, as in the Service.",
  "EndpointPort.name": "Name of the Service's port; empty when that has none.",
  "EndpointPort.port": "The number of the port at the endpoints.",
  "EndpointPort.protocol": "TCP, UDP or SCTP.",
  Endpoints: "The endpoints of a Service in one object, of the name of the Service. Deprecated: use EndpointSlices.",
  "Endpoints.subsets": "Sets of addresses that have the same ports.",
}
