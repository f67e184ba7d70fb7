import {existsSync, readFileSync} from "node:fs";
import path from "node:path";
import {replacePart} from "../readme-part.js";
import type {Elsewhere, Try} from "./tries.js";

/** Reads what `npm run elsewhere` measured of shipped weights, by the model's name; models without it are left out. */
export function readElsewhere(names: readonly string[], directory = "models"): Map<string, Elsewhere> {
  const files = names.map((name): [string, string] => [name, path.join(directory, name, "elsewhere.json")]);
  const there = files.filter(([, file]) => existsSync(file));
  return new Map(there.map(([name, file]) => [name, JSON.parse(readFileSync(file, "utf8")) as Elsewhere]));
}

/**
 * Puts what shipped weights and tries do on other laboratories' cells into a text, between its two markers, one line each.
 * A laboratory that was trained on, measured on what was held out of it, is marked by a star.
 * @throws Error if a marker is missing
 */
export function fillElsewhere(text: string, shipped: ReadonlyMap<string, Elsewhere>, tries: readonly Try[]): string {
  const lines = [
    "| weights | start | recipe | laboratories | at home: AUC | BBBC041: AUC | sensitivity | specificity | sensitivity at 1 % false alarms | Plymouth: AUC | sensitivity at 1 % |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...[...shipped].flatMap(([name, {laboratories, oneStain}]) => {
      const line = (recipe: string, figures: Elsewhere["laboratories"]) =>
        elsewhereLine([`${name} as shipped`, "–", recipe, "none"], figures);
      return [line("home", laboratories), ...(oneStain ? [line("home; cells brought to one stain", oneStain)] : [])];
    }),
    ...tries.flatMap(({title, recipe, elsewhere}) => {
      if (!elsewhere) return [];
      const start = startOf(recipe.initialisation ?? "");
      const taught = recipe.laboratories ? Object.keys(recipe.laboratories).join(", ") : "none";
      const stained = recipe.standardStainOf ?? "all cells";
      const kind = [
        recipe.optics ? "travelling" : "home",
        recipe.standardStain && (stained === "all cells" ? "one stain" : `one stain for ${stained}`),
        recipe.specks && "specks",
        recipe.mixStyle && "MixStyle",
        recipe.adversary && `domain-adversarial, weight ${recipe.adversary}`,
        (recipe.share ?? 1) < 1 && `${recipe.share} of the way from the start`
      ];
      return [elsewhereLine([title, start, kind.filter(Boolean).join(", "), taught], elsewhere.laboratories)];
    })
  ];
  return replacePart(text, "elsewhere: npm run report", `${lines.join("\n")}\n`, "models/README.md");
}

/** What weights a training began with, in a few words. */
function startOf(initialisation: string): string {
  if (initialisation.startsWith("the shipped weights")) return "shipped";
  if (initialisation.includes("ImageNet")) return "ImageNet";
  return initialisation === "random initialisation" ? "from scratch" : initialisation;
}

function elsewhereLine(facts: readonly string[], laboratories: Elsewhere["laboratories"]): string {
  const shown = (name: string, figure: "auc" | "sensitivity" | "specificity" | "sensitivityAt1Percent") => {
    const value = laboratories[name]?.[figure];
    return value == null ? "–" : value.toFixed(3) + (name === "plymouth" && laboratories[name]?.heldOut ? "*" : "");
  };
  const figures = [
    shown("validation patients", "auc"),
    ...(["auc", "sensitivity", "specificity", "sensitivityAt1Percent"] as const).map((name) => shown("bbbc041", name)),
    ...(["auc", "sensitivityAt1Percent"] as const).map((name) => shown("plymouth", name))
  ];
  return `| ${[...facts, ...figures].join(" | ")} |`;
}
