import {expect, test} from "vitest";
import {cellStrip} from "../../../../src/components/gallery/cell-strip.js";

test("each cell has its proportions, an alternative text and its patient", () => {
  const cell = {image: "data:image/png;base64,AA==", label: "parasitized", patient: "C7", width: 100, height: 50};
  const list = cellStrip([cell], {side: 80});
  const picture = list.querySelector("img")!;
  expect([picture.width, picture.height, picture.alt]).toEqual([80, 40, "A parasitized cell"]);
  expect(list.textContent).toBe("parasitizedpatient C7");
});
