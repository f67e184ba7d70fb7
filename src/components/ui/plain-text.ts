/** A name of a JSON file in words: `maxDifference` is "max difference". */
export function plainName(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

/**
 * Any value of a JSON file as one line of text: lists by commas, objects as "name value; name value", numbers that are
 * not whole with at most four significant digits.
 */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, part]) => `${plainName(name)} ${plainText(part)}`)
      .join("; ");
  }
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  return value === null || value === undefined ? "none" : String(value);
}
