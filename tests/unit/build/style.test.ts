import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {lab, rgb} from "d3";
import {describe, expect, test} from "vitest";

type Colour = [number, number, number];

// Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
const deficiencies: Record<string, number[][]> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998]
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881]
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039]
  ]
};

const css = readFileSync("src/style.css", "utf8");
const dark = css.slice(css.indexOf("@media screen and (prefers-color-scheme: dark) {"));
const light = css.slice(0, css.indexOf("@media screen and (prefers-color-scheme: dark) {"));
// Framework's theme-air and theme-near-midnight: the page, and what --color-raised lies on.
const schemes = {light: {rules: light, page: "#ffffff"}, dark: {rules: dark, page: "#1e1e1d"}};

function token(rules: string, name: string): string {
  const found = new RegExp(`--color-${name}:\\s*(#[\\da-f]{6});`).exec(rules);
  if (!found) throw new Error(`No token --color-${name} in src/style.css`);
  return found[1]!;
}

function toLinear(hex: string): Colour {
  const {r, g, b} = rgb(hex);
  return [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as Colour;
}

function simulate(hex: string, matrix: number[][]): Colour {
  const linear = toLinear(hex);
  const seen = matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0));
  const [r, g, b] = seen.map((v) => {
    const clipped = Math.min(1, Math.max(0, v));
    return 255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055);
  }) as Colour;
  const colour = lab(rgb(r, g, b));
  return [colour.l, colour.a, colour.b];
}

/** CIE76 distance in Lab of two colours as someone with the deficiency sees them; 2.3 is just noticeable. */
const distance = (a: string, b: string, matrix: number[][]) =>
  Math.hypot(...simulate(a, matrix).map((v, i) => v - simulate(b, matrix)[i]!));

/** WCAG 2 contrast ratio, 1 to 21. */
function contrast(a: string, b: string): number {
  const [low, high] = [a, b]
    .map((hex) => toLinear(hex).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i]!, 0) + 0.05)
    .sort((x, y) => x - y) as [number, number];
  return high / low;
}

describe.each(Object.entries(schemes))("colours, %s", (_, {rules, page}) => {
  const backgrounds = [page, token(rules, "raised")];

  test.each(Object.entries(deficiencies))("the classes differ clearly: %s", (_name, matrix) => {
    expect(distance(token(rules, "parasitized"), token(rules, "uninfected"), matrix)).toBeGreaterThan(30);
  });

  test.each(["parasitized", "uninfected", "focus"])("marks stand out, 3:1: %s", (name) => {
    for (const background of backgrounds) expect(contrast(token(rules, name), background)).toBeGreaterThanOrEqual(3);
  });

  test.each(["parasitized-text", "uninfected-text", "accent", "muted", "error", "notice"])(
    "text is readable, 4.5:1: %s",
    (name) => {
      for (const background of backgrounds) {
        expect(contrast(token(rules, name), background)).toBeGreaterThanOrEqual(4.5);
      }
    }
  );

  test("the text of a primary button is readable on the accent", () => {
    expect(contrast(page, token(rules, "accent"))).toBeGreaterThanOrEqual(4.5);
  });
});

test("the style names no foreign address", () => {
  expect(css).not.toMatch(/https?:|\/\/[a-z]/i);
});

describe("the design, in all style sheets", () => {
  const sheets = readdirSync("src", {recursive: true, encoding: "utf8"})
    .filter((name) => name.endsWith(".css") && !name.startsWith("."))
    .map((name) => [name, readFileSync(join("src", name), "utf8")] as const);

  test.each(sheets)("%s takes its sizes of type from the scale", (_, rules) => {
    const sizes = [...rules.matchAll(/[;{]\s*font(?:-size)?:\s*([^;]+);/g)].map(([, value]) => value!);
    expect(sizes.filter((value) => /[\d.]r?em\b/.test(value))).toEqual([]);
  });

  test.each([
    ["a pressed button", /(?<![\w\])-])button\[aria-pressed="true"\][^{]*\{[^}]*border-color/g],
    ["the focus", /outline: 3px solid var\(--color-focus\);\s*outline-offset: 2px/g],
    ["a card", /(?<![\w.-])\.card \{[^}]*border-radius/g],
    ["a tab", /\.tabs > button \{/g],
    ["a tooltip", /\.tooltip-text \{[^}]*border/g],
    ["a disclosure", /details > summary \{[^}]*color: var\(--color-accent\)/g]
  ])("%s is defined once", (_, definition) => {
    expect(sheets.flatMap(([name, rules]) => (rules.match(definition) ?? []).map(() => name))).toHaveLength(1);
  });
});
