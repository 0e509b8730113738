const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  400: "Bad Request",
  404: "Not Found",
  405: "Not Allowed",
  418: "I'm a teapot",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
}

/** Behind the status of an HTTP answer, as the servers of our images write it. */
export const reasonPhrase = (status: number): string => REASONS[status] ?? ""
