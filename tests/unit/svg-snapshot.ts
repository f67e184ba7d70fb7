import {join} from "node:path";
import {expect, vi} from "vitest";

/**
 * The text of a drawing without what changes for no reason: floats to two digits, Plot's generated class names and ids
 * counted from 1, one element a line.
 */
export function normaliseSvg(svg: Element): string {
  const ids = new Map<string, string>();
  const rename = (id: string) => ids.get(id) ?? (ids.set(id, `id-${ids.size + 1}`), ids.get(id)!);
  return (
    svg.outerHTML
      .replace(/plot-[0-9a-f]{6}\b(-\d+)?/g, "plot")
      .replace(/\b(id="|url\(#|href="#)([^")]+)/g, (_, before: string, id: string) => before + rename(id))
      .replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) + 0))
      .replaceAll("><", ">\n<") + "\n"
  );
}

/** Draws with the console watched, and compares with `tests/output/charts/<name>.svg`; any warning fails the test. */
export async function expectChart(name: string, draw: () => Element): Promise<void> {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const svg = draw();
    expect([...warn.mock.calls, ...error.mock.calls], "warnings").toEqual([]);
    expect(svg.querySelectorAll("[fill='red'], .plot-warning"), "Plot's warning sign").toHaveLength(0);
    expect(svg.getAttribute("role")).toBe("img");
    expect(svg.getAttribute("aria-label")).toMatch(/\w+.*\.$/);
    expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
    await expect(normaliseSvg(svg)).toMatchFileSnapshot(join(import.meta.dirname, `../output/charts/${name}.svg`));
  } finally {
    warn.mockRestore();
    error.mockRestore();
  }
}
