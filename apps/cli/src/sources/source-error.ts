/** Where something stands: a file or folder as it was named, a cluster's address, and the line, from 1, when known. */
export interface SourcePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Why objects could not be had, and what to do about it. */
export interface SourceError extends Partial<SourcePlace> {
  readonly message: string
  readonly fix: string
}

export const placeText = ({ file, line, column }: SourcePlace): string =>
  [file, ...(line === undefined ? [] : [line, ...(column === undefined ? [] : [column])])].join(":")

/** `shop/web.yaml:12:3: what is wrong`, and indented below what to do. */
export const sourceErrorText = (error: SourceError): string => {
  const { file, message, fix } = error
  const place = file === undefined ? "" : `${placeText({ ...error, file })}: `
  return `${place}${message}\n    ${fix}\n`
}
