import {afterEach, beforeEach, expect, it, vi} from "vitest";
import {augmentationLab} from "../../../../../src/components/augment/lab/lab.js";
import {cells} from "../../explorer/support.js";

const worker = {postMessage: vi.fn(), terminate: vi.fn(), onmessage: null, onerror: null};
const originals = [{name: "none.png", blob: () => Promise.reject(new Error("It could not be read."))}];
const recipe = {size: 96, augmentation: {flip_vert: true, max_rotate: 180, max_warp: 0, p_stain: 0.5, max_hue: 0.4}};
const makeLab = () => augmentationLab(cells, {originals, folder: "/cells/", recipe, createWorker: () => worker});
const slider = (lab: ReturnType<typeof makeLab>) =>
  lab.parameters.querySelector<HTMLInputElement>("[data-setting=maxRotate] input")!;

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, "", "/");
});
afterEach(() => {
  vi.useRealTimers();
  history.replaceState(null, "", "/");
});

it("shows the address, and what is wrong with it or with the cell", async () => {
  history.replaceState(null, "", "/?maxRotate=45&seed=x&draw=2");
  const lab = makeLab();
  expect(slider(lab).value).toBe("45");
  expect(lab.draws.querySelectorAll("[aria-pressed=true]")).toHaveLength(1);
  expect(lab.draws.querySelector("[aria-pressed=true]")!.textContent).toContain("Draw 2");
  expect(lab.picker.querySelector("[role=alert]")!.textContent).toContain("seed=x");
  await vi.waitFor(() => expect(lab.picker.textContent).toContain("It could not be read."));
  lab.dispose();
});

it("keeps the draws of possible settings while others are impossible", () => {
  history.replaceState(null, "", "/?mult=2&maxLighting=0.4");
  const lab = makeLab();
  const captions = () => lab.draws.querySelector(".draws")!.textContent;
  const before = captions();
  expect(before).toMatch(/turned|zoom|warp/);
  const lighting = lab.parameters.querySelector<HTMLInputElement>("[data-setting=maxLighting] input")!;
  lighting.value = "0.9";
  lighting.dispatchEvent(new Event("input", {bubbles: true}));
  expect(captions()).toBe(before);
  expect(lab.picker.querySelector("[role=alert]")!.textContent).toMatch(/^maxLighting /);
  lab.dispose();
});

it("writes a change into the address, at the latest when the page goes, and lets go of the window then", () => {
  const lab = makeLab();
  const input = slider(lab);
  input.value = "90";
  input.dispatchEvent(new Event("input", {bubbles: true}));
  expect(location.search).toBe("");
  lab.dispose();
  expect(location.search).toBe("?maxRotate=90");
  history.replaceState(null, "", "/?maxRotate=20");
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.dispatchEvent(new Event("pagehide"));
  vi.runAllTimers();
  expect(slider(lab).value).toBe("90");
  expect(location.search).toBe("?maxRotate=20");
  expect(worker.terminate).toHaveBeenCalled();
});

it("takes a preset whole, marks it until something else is set, and switches off what changes nothing then", () => {
  const lab = makeLab();
  const presets = [...lab.presets.querySelectorAll("button")];
  const pressed = () =>
    presets.filter((one) => one.ariaPressed === "true" || one.getAttribute("aria-pressed") === "true");
  const disabled = () =>
    [...lab.parameters.querySelectorAll<HTMLElement>("[data-setting]")]
      .filter((one) => one.querySelector<HTMLInputElement>("input, select")!.disabled)
      .map(({dataset}) => dataset.setting);
  expect(presets.map(({textContent}) => textContent)).toEqual([
    "As this network was trained",
    "fastai's defaults",
    "The old notebook"
  ]);
  expect(pressed()).toEqual([presets[1]]);
  expect(disabled()).toEqual(["maxHue", "maxSaturation", "maxGain", "pStain"]);
  presets[0]!.click();
  expect(pressed()).toEqual([presets[0]]);
  expect(slider(lab).value).toBe("180");
  expect(disabled()).toEqual(["method", "minScale"]);
  expect(lab.parameters.textContent).toContain("This network takes cells that are 50 × 50 already.");
  slider(lab).value = "20";
  slider(lab).dispatchEvent(new Event("input", {bubbles: true}));
  expect(pressed()).toEqual([]);
  presets[2]!.click();
  expect(pressed()).toEqual([presets[2]]);
  expect(disabled()).toHaveLength(lab.parameters.querySelectorAll("[data-setting]").length);
  lab.dispose();
});
