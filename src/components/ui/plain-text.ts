/** Any value of a JSON file as one line of text: lists by commas, objects as "name value; name value". */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, part]) => `${name} ${plainText(part)}`)
      .join("; ");
  }
  return value === null || value === undefined ? "none" : String(value);
}
