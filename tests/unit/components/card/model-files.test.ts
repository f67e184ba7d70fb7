import {expect, test} from "vitest";
import {modelFiles} from "../../../../src/components/card/model-files.js";

test("each file of a model is a link that saves it, beside its size and hash", () => {
  const node = modelFiles(
    [
      {path: "model.json", bytes: 5_000, sha256: "a".repeat(64)},
      {path: "weights-1-of-1.bin", bytes: 331_544, sha256: "b".repeat(64)}
    ],
    "../models/student/"
  );
  expect(node.querySelector("caption")!.textContent).toBe(
    "2 files, 336.5 kB in all; the classifier checks each hash before use"
  );
  const links = [...node.querySelectorAll("a")];
  expect(links.map((link) => [link.getAttribute("href"), link.hasAttribute("download"), link.textContent])).toEqual([
    ["../models/student/model.json", true, "model.json"],
    ["../models/student/weights-1-of-1.bin", true, "weights-1-of-1.bin"]
  ]);
  const rows = [...node.querySelectorAll("tbody tr")].map((row) => row.lastElementChild!.textContent);
  expect(rows).toEqual(["a".repeat(64), "b".repeat(64)]);
});
