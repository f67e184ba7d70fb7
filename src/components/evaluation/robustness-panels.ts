import type {ChangedFigures} from "../../data/shapes/evaluation.js";
import type {ChangePanel} from "../charts/interval-charts.js";

/** What each change is called, the level at which it changes nothing, and what stands for its only level. */
const changes: Record<string, {title: string; neutral: number; only?: string}> = {
  hue: {title: "hue turned by degrees", neutral: 0},
  saturation: {title: "saturation times", neutral: 1},
  brightness: {title: "brightness times", neutral: 1},
  blur: {title: "blurred, radius in pixels", neutral: 0},
  jpeg: {title: "JPEG of quality", neutral: Infinity},
  noise: {title: "noise, deviation", neutral: 0},
  rotation: {title: "rotated by degrees", neutral: 0},
  size: {title: "resized and back, times", neutral: 1},
  frame: {title: "cell in its frame, times", neutral: 1},
  "frame-filled": {title: "black frame", neutral: 0, only: "filled"}
};

/** One panel a change, in the order of the report, each with the pictures as they are at its neutral level. */
export function robustnessPanels(list: readonly ChangedFigures[]): ChangePanel[] {
  const unchanged = list.find(({change}) => change === "none");
  const names = [...new Set(list.map(({change}) => change))].filter((name) => name !== "none");
  return names.map((name) => {
    const {title, neutral, only} = changes[name] ?? {title: name, neutral: 0};
    const own = list
      .filter(({change}) => change === name)
      .map((figures) => ({...figures, name: only ?? String(figures.level)}));
    const all = [...own, ...(unchanged ? [{...unchanged, level: neutral, name: "none"}] : [])];
    return {
      title,
      points: all
        .sort((a, b) => a.level - b.level)
        .map(({name: level, rocArea, sensitivity, specificity}) => ({level, rocArea, sensitivity, specificity}))
    };
  });
}
