import { type Behaviour, type Image, tcp } from "./behaviour.ts"

/** Programs whose work the engine does itself: here are their ports and their health. */
const server = (
  sockets: Behaviour["sockets"],
  { isTls, lines = [] }: { readonly isTls: boolean; readonly lines?: readonly string[] },
): Behaviour => ({
  sockets,
  listensAfterMs: 400,
  ...(isTls ? { isTls } : {}),
  onTerm: { afterMs: 200, code: 0 },
  lines: () => lines.map((text, index) => ({ afterMs: 50 + 20 * index, text })),
  respond: (request) => {
    const isKnown = /^\/(healthz|livez|readyz)(\?|$)/.test(request.path)
    const body = isKnown ? "ok" : "404 page not found\n"
    return { status: isKnown ? 200 : 404, headers: { "Content-Length": String(body.length) }, body }
  },
})

const image = (repository: string, tag: RegExp, program: string, sizeBytes: number, behaviour: Behaviour): Image => ({
  repository,
  hasTag: (given) => tag.test(given),
  entrypoint: [program],
  command: [],
  sizeBytes,
  programs: [],
  user: "root",
  env: {},
  run: ({ argv }) => (argv[0]?.split("/").at(-1) === program ? behaviour : undefined),
})

const VERSION = /^v1\.36\.\d{1,2}$/

/** What kubeadm and kind run on their nodes, beside CoreDNS. */
export const NODE_IMAGES: readonly Image[] = [
  image(
    "registry.k8s.io/etcd",
    /^3\.6\.\d{1,2}-0$/,
    "etcd",
    26_506_659,
    server([tcp(2379), tcp(2380), tcp(2381, "127.0.0.1")], { isTls: false }),
  ),
  image(
    "registry.k8s.io/kube-apiserver",
    VERSION,
    "kube-apiserver",
    156_286_846,
    server([tcp(6443)], { isTls: true, lines: ["I server.go] Version: v1.36.3"] }),
  ),
  image(
    "registry.k8s.io/kube-controller-manager",
    VERSION,
    "kube-controller-manager",
    156_286_846,
    server([tcp(10257, "127.0.0.1")], { isTls: true }),
  ),
  image(
    "registry.k8s.io/kube-scheduler",
    VERSION,
    "kube-scheduler",
    156_286_846,
    server([tcp(10259, "127.0.0.1")], { isTls: true }),
  ),
  image(
    "registry.k8s.io/kube-proxy",
    VERSION,
    "kube-proxy",
    352_864_434,
    server([tcp(10256), tcp(10249, "127.0.0.1")], { isTls: false }),
  ),
  image("kindest/kindnetd", /^v20\d{6}-[0-9a-f]{8}$/, "kindnetd", 44_375_501, server([], { isTls: false })),
]
