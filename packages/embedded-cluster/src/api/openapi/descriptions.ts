/** Short texts by type, and by type and field. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {}

export const describeField = (struct: string, field: string): string | undefined => DESCRIPTIONS[`${struct}.${field}`]
