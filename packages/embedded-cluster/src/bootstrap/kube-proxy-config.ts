import type { ConfigMap } from "@pilotage/kube-model"
import type { NetworkConfig } from "@pilotage/routing-core"

/** KubeProxyConfiguration v1alpha1 as kubeadm writes it: what it does not decide stays empty, the proxy has its defaults. */
const configText = (config: NetworkConfig): string => `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
bindAddressHardFail: false
clientConnection:
  acceptContentTypes: ""
  burst: 0
  contentType: ""
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
  qps: 0
clusterCIDR: ${config.localDetector === "none" ? '""' : config.clusterCIDR}
configSyncPeriod: 0s
conntrack:
  maxPerCore: 0
  min: null
  tcpBeLiberal: false
  tcpCloseWaitTimeout: null
  tcpEstablishedTimeout: null
  udpStreamTimeout: 0s
  udpTimeout: 0s
detectLocal:
  bridgeInterface: ""
  interfaceNamePrefix: ""
detectLocalMode: ""
enableProfiling: false
healthzBindAddress: ""
hostnameOverride: ""
iptables:
  localhostNodePorts: ${config.localhostNodePorts ? null : false}
  masqueradeAll: ${config.masqueradeAll}
  masqueradeBit: null
  minSyncPeriod: 1s
  syncPeriod: 0s
ipvs:
  excludeCIDRs: null
  minSyncPeriod: 0s
  scheduler: ""
  strictARP: false
  syncPeriod: 0s
  tcpFinTimeout: 0s
  tcpTimeout: 0s
  udpTimeout: 0s
kind: KubeProxyConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
    text:
      infoBufferSize: "0"
  verbosity: 0
metricsBindAddress: ""
mode: ${config.proxyMode}
nftables:
  masqueradeAll: ${config.masqueradeAll}
  masqueradeBit: null
  minSyncPeriod: 0s
  syncPeriod: 0s
nodePortAddresses: ${config.nodePortAddresses.length > 0 ? JSON.stringify(config.nodePortAddresses) : null}
oomScoreAdj: null
portRange: ""
showHiddenMetricsForVersion: ""
winkernel:
  enableDSR: false
  forwardHealthCheckVip: false
  networkName: ""
  rootHnsEndpointName: ""
  sourceVip: ""`

const ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"

const kubeconfigText = (controlPlane: string): string => `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: ${ACCOUNT}/ca.crt
    server: https://${controlPlane}:6443
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: ${ACCOUNT}/token`

/** How the proxies of the nodes are set up: where people look which mode they are in. */
export const kubeProxyConfig = (config: NetworkConfig, controlPlane: string): ConfigMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "kube-proxy", namespace: "kube-system", labels: { app: "kube-proxy" } },
  data: { "config.conf": configText(config), "kubeconfig.conf": kubeconfigText(controlPlane) },
})
