/**
 * Any value of a JSON file as one line of text: lists by commas, objects as "name value; name value", numbers that are
 * not whole with at most four significant digits.
 */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, part]) => `${name} ${plainText(part)}`)
      .join("; ");
  }
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(4)));
  return value === null || value === undefined ? "none" : String(value);
}
