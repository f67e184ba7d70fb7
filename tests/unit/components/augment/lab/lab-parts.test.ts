import {describe, expect, it} from "vitest";
import {laws} from "../../../../../src/components/augment/index.js";
import {describeDraw, describeNotebookDraw, drawAll} from "../../../../../src/components/augment/lab/current.js";
import {bars, histograms, lawFinding} from "../../../../../src/components/augment/lab/laws-view.js";
import {affineMeaning, lightingMeaning, parametersView} from "../../../../../src/components/augment/lab/parameters.js";
import {gridPaths} from "../../../../../src/components/augment/lab/picture-views.js";
import {settingsTable, transformOptions} from "../../../../../src/components/augment/lab/settings.js";
import type {Settings} from "../../../../../src/components/augment/lab/settings.js";
import {displayScale, fitTile} from "../../../../../src/components/augment/lab/tiles.js";
import {readQuery} from "../../../../../src/components/ui/url-state.js";

const read = (query = "") => readQuery(settingsTable, query);

describe("the settings in the address", () => {
  it("begin with fastai's defaults, at size 224", () => {
    expect(transformOptions(read().values)).toMatchObject({
      mult: 1,
      doFlip: true,
      flipVert: false,
      maxRotate: 10,
      minZoom: 1,
      maxZoom: 1.1,
      maxLighting: 0.2,
      maxWarp: 0.2,
      pAffine: 0.75,
      pLighting: 0.75,
      size: 224,
      mode: "bilinear",
      padMode: "reflection",
      alignCorners: true,
      batch: false,
      minScale: 1
    });
  });

  it("name what makes no sense", () => {
    expect(read("?seed=1.5&draw=13&maxWarp=2").problems).toHaveLength(3);
    expect(read("?seed=1.5").problems[0]).toContain("whole number");
  });

  it("give the same draws for the same seed, and others for another", () => {
    expect(drawAll(read("?seed=4").values)).toEqual(drawAll(read("?seed=4").values));
    expect(drawAll(read("?seed=4").values)).not.toEqual(drawAll(read("?seed=5").values));
    expect(() => drawAll(read("?mult=2&maxLighting=0.6").values)).toThrow(/^maxLighting /);
  });
});

describe("words", () => {
  it("name what was drawn and nothing else", () => {
    expect(describeDraw({})).toEqual(["nothing drawn"]);
    expect(describeDraw({flip: true, degrees: -3.21, warpY: 0.05})).toEqual([
      "flipped",
      "turned −3.2°",
      "warp y +0.050"
    ]);
    expect(describeNotebookDraw({degrees: 4, flipY: true})).toEqual(["turned −4.0°", "upside down"]);
  });

  it("say what p means", () => {
    expect(affineMeaning({pAffine: 0.75, doFlip: true})).toMatch(/on in 75 % .* off in 0.39 %.* 0.2 % keep/);
    expect(lightingMeaning({pLighting: 0.75})).toMatch(/56.3 % .* off in 6.3 %/);
  });
});

describe("histograms", () => {
  const settings = read().values;
  const {draws} = drawAll(settings, 2000);

  it("count every draw once, near what the law expects", () => {
    for (const law of laws(transformOptions(settings))) {
      const data = bars(law, draws);
      const drawn = data.reduce((sum, bar) => sum + bar.drawn, 0);
      expect(drawn).toBe(draws.filter((draw) => draw[law.parameter] !== undefined).length);
      expect(data.reduce((sum, bar) => sum + bar.expected, 0)).toBeCloseTo(1500, 6);
      for (const {drawn: count, expected} of data)
        expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
  });

  it("are seven named pictures, and say what is switched off", () => {
    const node = histograms(draws, transformOptions(settings));
    expect([...node.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label")).filter(Boolean)).toHaveLength(
      7
    );
    expect(histograms(draws, {...transformOptions(settings), maxWarp: 0}).textContent).toContain("Switched off.");
    const findings = [...node.querySelectorAll("h3")].map(({textContent}) => textContent);
    expect(findings).toHaveLength(7);
    for (const finding of findings) expect(finding).toMatch(/^As its law says: no bar is more than [0-3]\.\d standard/);
  });

  it("say how far the furthest bar is off: counts are binomial", () => {
    // √(100 · 0.9) = 9.5 draws are one standard deviation.
    const two = [
      {drawn: 100, expected: 100},
      {drawn: 119, expected: 100}
    ];
    expect(lawFinding(two, 1000)).toBe("As its law says: no bar is more than 2.0 standard deviations away");
    expect(lawFinding([{drawn: 160, expected: 100}], 1000)).toMatch(/^Not as its law says: no bar is more than 6.3/);
    expect(lawFinding([{drawn: 10, expected: 10}], 10)).toMatch(/than 0.0/);
  });
});

describe("controls", () => {
  it("cover every parameter, tell of a change, and do not fire when set", () => {
    const changes: Partial<Settings>[] = [];
    const {node, update} = parametersView((change) => changes.push(change));
    const keys = [...node.querySelectorAll<HTMLElement>("[data-setting]")].map(({dataset}) => dataset.setting!);
    expect([...keys].sort()).toEqual(
      Object.keys(settingsTable)
        .filter((key) => !["cell", "seed", "draw", "transforms"].includes(key))
        .sort()
    );
    update({settings: read("?maxRotate=45").values, pictures: null}, true);
    expect(changes).toEqual([]);
    const slider = node.querySelector<HTMLInputElement>('[data-setting="maxRotate"] input')!;
    expect(slider.value).toBe("45");
    slider.value = "90";
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    expect(changes).toEqual([{maxRotate: 90}]);
    for (const input of node.querySelectorAll("input, select")) expect(input.closest("label")).not.toBeNull();
  });
});

describe("tiles and lines", () => {
  it("drop or repeat whole pixels", () => {
    expect(displayScale({width: 460, height: 460}, 230)).toEqual({every: 2, times: 1});
    expect(displayScale({width: 50, height: 40}, 230)).toEqual({every: 1, times: 4});
    const rgba = new Uint8ClampedArray([1, 1, 1, 255, 2, 2, 2, 255]);
    const tile = fitTile({rgba, width: 2, height: 1}, 4);
    expect([tile.width, tile.height]).toEqual([4, 2]);
    expect([...tile.rgba].filter((_, i) => i % 4 === 0)).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect([...fitTile({rgba, width: 2, height: 1}, 1).rgba]).toEqual([1, 1, 1, 255]);
  });

  it("frame the picture when nothing is drawn", () => {
    expect(gridPaths({}, true).rim).toBe("M-1.0000,-1.0000L1.0000,-1.0000L1.0000,1.0000L-1.0000,1.0000Z");
    expect(gridPaths({zoom: 2}, true).rim).toContain("M-0.5000,-0.5000");
  });
});
