import {describe, expect, test} from "vitest";
import type {Glance} from "../../../../src/components/answer/glance.js";
import {HEIGHT, WIDTH, drawResult} from "../../../../src/components/share/draw-result.js";

/** What is drawn: texts with their places and colours, marks, and the ground. */
function record(look: Glance["look"], caution = "", title = "Ring, easy") {
  const texts: {text: string; x: number; y: number; fill: string}[] = [];
  const marks: {x: number; fill: string; stroke: string}[] = [];
  const grounds: number[][] = [];
  let arc = 0;
  const context = {
    fillStyle: "",
    strokeStyle: "",
    font: "",
    lineWidth: 1,
    globalAlpha: 1,
    textAlign: "left",
    fillText(text: string, x: number, y: number) {
      texts.push({text, x, y, fill: this.fillStyle});
    },
    fillRect(...box: number[]) {
      if (this.fillStyle === "#fff") grounds.push(box);
    },
    arc: (x: number) => void (arc = x),
    fill() {
      marks.push({x: arc, fill: this.fillStyle, stroke: ""});
    },
    measureText: (text: string) => ({width: 20 * text.length}),
    ...Object.fromEntries(["beginPath", "moveTo", "lineTo", "stroke", "drawImage"].map((name) => [name, () => {}]))
  };
  const glance = {look, sentence: "Very likely parasitized", percent: "97 %"};
  const result = {glance, place: 0.9, hasBand: true, title, caution, source: "ResNet-34 674e938 · 2026-11-29"};
  drawResult(context as never, {} as never, result, (name) => name);
  return {texts, marks, grounds};
}

describe("a result as a picture", () => {
  test("says what was found, by whom and when, and that it is no medical device, on white", () => {
    const {texts, grounds} = record("parasitized");
    const said = texts.map(({text}) => text);
    for (const text of [
      ...["Ring, easy", "Very likely parasitized", "97 %", "chance of a parasite", "uninfected", "too close"],
      ...["parasitized", "Not a medical device. For research and teaching.", "ResNet-34 674e938 · 2026-11-29"]
    ])
      expect(said).toContain(text);
    expect(grounds[0]).toEqual([0, 0, WIDTH, HEIGHT]);
    for (const {x, y} of texts) expect(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT).toBe(true);
  });

  test("tells the classes by shape too: a filled mark, and a hollow one", () => {
    expect(record("parasitized").marks[0]!.fill).toBe("--color-parasitized");
    expect(record("uninfected").marks[0]!.fill).toBe("#fff");
    expect(record("uncertain").marks[0]!.fill).toBe("#fff");
  });

  test("carries a caution, and no name of one's own file", () => {
    expect(record("parasitized", "Outside what was tested.").texts.map(({text}) => text)).toContain(
      "▲ Outside what was tested."
    );
    expect(record("parasitized").texts.some(({text}) => text.startsWith("▲"))).toBe(false);
  });
});
