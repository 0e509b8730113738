/** `10.244.1.5:8080`, `[fd00::5]:8080`. */
export const endpointText = (ip: string, port: number): string =>
  ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`
