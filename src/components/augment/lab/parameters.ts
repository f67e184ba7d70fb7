import {element} from "../../ui/element.js";
import {checkbox, range, select} from "../../ui/inputs.js";
import type {Input} from "../../ui/inputs.js";
import type {Choose, View} from "../../ui/view.js";
import type {Current} from "./current.js";
import {endDraws, endSide} from "./ends.js";
import type {Ends} from "./ends.js";
import {idleParameters, parameterWords} from "./parameter-words.js";
import type {ParameterKey} from "./parameter-words.js";
import {paint, tileCanvas} from "./picture-views.js";
import {settingsTable} from "./settings.js";
import type {Settings} from "./settings.js";

/** One control: the setting it changes, its element, what is said of it, and the pictures of its two ends. */
interface Control {
  key: ParameterKey;
  input: Input<never>;
  words: HTMLElement;
  ends: readonly HTMLCanvasElement[];
}

const decimals = (count: number) => (value: number) => value.toFixed(count);

const all = Object.fromEntries(Object.entries(settingsTable).map(([key, {fallback}]) => [key, fallback])) as Settings;
const withEnds = new Set(Object.keys(endDraws(all)));

/**
 * All parameters of `aug_transforms` and of the training's stain jitter as sliders, ticks and menus, each with a sentence
 * and, where it has a range, pictures of its two ends. What changes nothing is disabled and says why.
 *
 * @param choose told of each change at once, also while a slider is dragged
 */
export function parametersView(choose: Choose<Settings>): View<Pick<Current, "settings" | "pictures">> {
  const controls: Control[] = [];
  const add = <T>(key: ParameterKey, input: Input<T>): HTMLElement => {
    input.dataset.setting = key;
    const words = element("p", {class: "muted"}, parameterWords[key]);
    const ends = withEnds.has(key) ? [tileCanvas(endSide), tileCanvas(endSide)] : [];
    ends.forEach((canvas, n) => canvas.setAttribute("aria-label", `${n ? "The most" : "The least"} of it`));
    controls.push({key, input: input as Input<never>, words, ends});
    input.addEventListener("input", () => choose({[key]: input.value}));
    return element(
      "div",
      {class: "parameter"},
      input,
      words,
      ends.length > 0 && element("div", {class: "ends"}, ...ends)
    );
  };
  const slider = (key: ParameterKey, label: string, min: number, max: number, step: number, digits: number) =>
    add(key, range(label, {min, max, step, format: decimals(digits)}));
  const tick = (key: ParameterKey, label: string) => add(key, checkbox(label));
  const menu = (key: ParameterKey, label: string, words: readonly string[]) =>
    add(key, select(label, new Map(words.map((word) => [word, word]))));
  const affineNote = element("p", {class: "muted"});
  const lightingNote = element("p", {class: "muted"});
  const group = (name: string, ...children: HTMLElement[]) => element("fieldset", element("legend", name), ...children);

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
      "Stain (not in fastai)",
      slider("maxHue", "max_hue (radians)", 0, 3.1, 0.05, 2),
      slider("maxSaturation", "max_saturation", 0, 1, 0.05, 2),
      slider("maxGain", "max_gain", 0, 1, 0.05, 2),
      slider("pStain", "p_stain", 0, 1, 0.01, 2)
    ),
    group(
      "Sampling",
      menu("method", "Resize method", ["crop", "squish", "pad"]),
      menu("size", "size (pixels)", ["96", "112", "224", "336", "448"]),
      slider("minScale", "min_scale (1: no crop)", 0.1, 1, 0.01, 2),
      menu("padMode", "pad_mode", ["reflection", "zeros", "border"]),
      menu("mode", "mode", ["bilinear", "nearest", "bicubic"]),
      tick("alignCorners", "align_corners"),
      tick("batch", "batch (one draw for all)")
    )
  );
  let shown: Ends | undefined;
  return {
    node,
    update({settings, pictures}) {
      const idle = idleParameters(settings);
      const ends = pictures?.details?.ends;
      for (const {key, input, words, ends: canvases} of controls) {
        if (input.value !== settings[key]) input.value = settings[key] as never;
        input.querySelector<HTMLInputElement>("input, select")!.disabled = key in idle;
        words.textContent = idle[key] ?? parameterWords[key];
        canvases[0]?.parentElement!.classList.toggle("is-idle", key in idle);
        const tiles = ends !== shown && ends?.[key];
        if (tiles) canvases.forEach((canvas, n) => paint(canvas, tiles[n]!));
      }
      shown = ends;
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
