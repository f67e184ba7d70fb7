import {element} from "../../ui/element.js";
import {checkbox, range, select} from "../../ui/inputs.js";
import type {Input} from "../../ui/inputs.js";
import type {Choose, View} from "../../ui/view.js";
import type {Current} from "./current.js";
import {settingsTable} from "./settings.js";
import type {Settings} from "./settings.js";

type Key = keyof Settings;

/** One control: the setting it changes, and its element. */
interface Control {
  key: Key;
  input: Input<never>;
}

const decimals = (count: number) => (value: number) => value.toFixed(count);

/**
 * All parameters of `aug_transforms` as sliders, ticks and menus, under fastai's own names, and what the probabilities
 * mean.
 *
 * @param choose told of each change at once, also while a slider is dragged
 */
export function parametersView(choose: Choose<Settings>): View<Pick<Current, "settings">> {
  const all: Control[] = [];
  const add = <T>(key: Key, input: Input<T>): HTMLElement => {
    input.dataset.setting = key;
    all.push({key, input: input as Input<never>});
    input.addEventListener("input", () => choose({[key]: input.value}));
    return input;
  };
  const slider = (key: Key, label: string, min: number, max: number, step: number, digits: number) =>
    add(key, range(label, {min, max, step, format: decimals(digits)}));
  const tick = (key: Key, label: string) => add(key, checkbox(label));
  const menu = (key: Key, label: string, words: readonly string[]) =>
    add(key, select(label, new Map(words.map((word) => [word, word]))));
  const affineNote = element("p", {class: "muted"});
  const lightingNote = element("p", {class: "muted"});
  const group = (name: string, ...children: HTMLElement[]) => element("fieldset", element("legend", name), ...children);
  const reset = element("button", {type: "button"}, "fastai's defaults");
  reset.addEventListener("click", () =>
    choose(
      Object.fromEntries(
        Object.entries(settingsTable)
          .filter(([key]) => !["cell", "seed", "draw", "transforms"].includes(key))
          .map(([key, {fallback}]) => [key, fallback])
      )
    )
  );

  const node = element(
    "div",
    {class: "parameters"},
    group(
      "Geometry",
      tick("doFlip", "do_flip"),
      tick("flipVert", "flip_vert"),
      slider("maxRotate", "max_rotate (degrees)", 0, 180, 1, 0),
      slider("minZoom", "min_zoom", 0.5, 1, 0.01, 2),
      slider("maxZoom", "max_zoom", 1, 2, 0.01, 2),
      slider("maxWarp", "max_warp", 0, 0.35, 0.01, 2),
      slider("pAffine", "p_affine", 0, 1, 0.01, 2),
      affineNote
    ),
    group(
      "Lighting",
      slider("maxLighting", "max_lighting", 0, 0.9, 0.01, 2),
      slider("pLighting", "p_lighting", 0, 1, 0.01, 2),
      lightingNote,
      slider("mult", "mult (× rotation, warp, lighting)", 0, 2, 0.05, 2)
    ),
    group(
      "Sampling",
      menu("method", "Resize method", ["crop", "squish", "pad"]),
      menu("size", "size (pixels)", ["112", "224", "336", "448"]),
      slider("minScale", "min_scale (1: no crop)", 0.1, 1, 0.01, 2),
      menu("padMode", "pad_mode", ["reflection", "zeros", "border"]),
      menu("mode", "mode", ["bilinear", "nearest", "bicubic"]),
      tick("alignCorners", "align_corners"),
      tick("batch", "batch (one draw for all)"),
      element("p", reset)
    )
  );
  return {
    node,
    update({settings}) {
      for (const {key, input} of all) if (input.value !== settings[key]) input.value = settings[key] as never;
      affineNote.textContent = affineMeaning(settings);
      lightingNote.textContent = lightingMeaning(settings);
    }
  };
}

/** What `p_affine` means in pictures, in words. */
export function affineMeaning({pAffine, doFlip}: Pick<Settings, "pAffine" | "doFlip">): string {
  const untouched = (1 - pAffine) ** 4 * (doFlip ? 0.5 : 1);
  return `p_affine = ${pAffine.toFixed(2)}: rotation, zoom, warp x and warp y each toss their own coin, and each is on in ${percent(pAffine)} of the pictures. All four are off in ${percent((1 - pAffine) ** 4)}; with the flip's own coin, ${percent(untouched)} keep their geometry.`;
}

/** What `p_lighting` means in pictures, in words. */
export function lightingMeaning({pLighting}: Pick<Settings, "pLighting">): string {
  return `p_lighting = ${pLighting.toFixed(2)}: brightness and contrast each toss their own coin; both are on in ${percent(pLighting ** 2)} of the pictures, both off in ${percent((1 - pLighting) ** 2)}.`;
}

const percent = (share: number) => `${Number((100 * share).toPrecision(share < 0.1 ? 2 : 3))} %`;
