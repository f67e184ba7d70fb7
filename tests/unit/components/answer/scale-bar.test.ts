// @vitest-environment jsdom
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {SCALE, placeOnScale, scaleBar} from "../../../../src/components/answer/scale-bar.js";

const networks = [
  {threshold: 0.476, abstain: [0.251, 0.749] as [number, number]},
  {threshold: 0.389, abstain: [0.257, 0.743] as [number, number]},
  {threshold: 0.3, abstain: null}
];

describe("the scale that all networks share", () => {
  test.each(networks)("has threshold $threshold in the middle, and the band between its two marks", (network) => {
    expect(placeOnScale(network.threshold, network)).toBeCloseTo(SCALE.threshold);
    expect(placeOnScale(0, network)).toBe(0);
    expect(placeOnScale(1, network)).toBe(1);
    const [low, high] = network.abstain ?? [];
    if (low !== undefined) expect(placeOnScale(low, network)).toBeCloseTo(SCALE.low);
    if (high !== undefined) expect(placeOnScale(high, network)).toBeCloseTo(SCALE.high);
  });

  test("rises with the probability, and says by its side what the threshold says", () => {
    const probability = fc.double({min: 0, max: 1, noNaN: true});
    fc.assert(
      fc.property(fc.constantFrom(...networks), probability, probability, (network, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(placeOnScale(low, network)).toBeLessThanOrEqual(placeOnScale(high, network) + 1e-12);
        if (one !== network.threshold) {
          expect(placeOnScale(one, network) >= SCALE.threshold).toBe(one >= network.threshold);
        }
      })
    );
  });
});

test("a bar is drawn of lines and shapes, not of backgrounds, and the shape tells the class", () => {
  const bar = (look: "parasitized" | "uninfected" | "uncertain", band = true) =>
    scaleBar({place: 0.8, look, band, name: "97 %: very likely parasitized"});
  const drawn = bar("parasitized");
  expect(drawn.getAttribute("role")).toBe("img");
  expect(drawn.getAttribute("aria-label")).toBe("97 %: very likely parasitized");
  expect(drawn.querySelector(".scale-mark")!.getAttribute("cx")).toBe("80.00%");
  expect(drawn.querySelector(".scale-threshold")!.getAttribute("x1")).toBe("50.00%");
  expect(bar("uncertain").querySelectorAll("circle")).toHaveLength(2);
  expect(bar("uninfected").classList).toContain("uninfected");
  expect(bar("uninfected", false).querySelector(".scale-band, .scale-edge")).toBeNull();
});
