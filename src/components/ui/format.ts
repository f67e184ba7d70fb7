const grouped = new Intl.NumberFormat("en-US");

/** A whole number with thousands grouped: 27558 → "27,558". */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A share in 0…1 as a percentage: 0.96625 → "96.6 %" with one decimal and a no-break space. Not-a-number gives "n/a". */
export function formatPercent(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(decimals)}\u00a0%` : "n/a";
}

/** A share with its interval: "96.9 % (95 % interval 96.1 to 97.6 %)". */
export function formatInterval({estimate, low, high}: {estimate: number; low: number; high: number}): string {
  return `${formatPercent(estimate)} (95\u00a0% interval ${(100 * low).toFixed(1)} to ${formatPercent(high)})`;
}

/** "0.972 (0.965–0.980)"; without the brackets where there is no interval, a dash where there is no figure. */
export function formatWithInterval(
  {estimate, low, high}: {estimate: number; low: number; high: number},
  decimals = 3
): string {
  if (!Number.isFinite(estimate)) return "–";
  const [value, from, to] = [estimate, low, high].map((part) => formatFigure(part, decimals));
  return Number.isFinite(low) && Number.isFinite(high) ? `${value} (${from}–${to})` : value!;
}

/** A bare figure with fixed decimals: 0.99402 → "0.994". Not-a-number gives "n/a". */
export function formatFigure(value: number, decimals = 3): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : "n/a";
}

/** A number as it is, with a true minus: −24 → "−24". */
export function plainNumber(value: number): string {
  return String(value).replace("-", "−");
}

/** Bytes in decimal units: 21_400_000 → "21.4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A probability with three decimals that never rounds to certainty: "0.973", "<0.001", ">0.999". */
export function formatProbability(probability: number): string {
  if (probability < 0.001) return "<0.001";
  if (probability > 0.999) return ">0.999";
  return probability.toFixed(3);
}

/** A duration: "31 ms", or "1.2 s" from a second up. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 999.5 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

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
  if (typeof value === "number") return plainNumber(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  return value === null || value === undefined ? "none" : String(value);
}
