import {describe, expect, test} from "vitest";
import {parseMetadata} from "../../../../src/components/engine/metadata.js";
import {cellValues} from "../../../../src/data/shapes/cells.js";
import {tinyModel} from "../../../fixtures/tiny-model.js";

const json = () => JSON.parse(new TextDecoder().decode(tinyModel().get("metadata.json")));

describe("parseMetadata", () => {
  test("reads what the classifier needs, the self-test's pixels from base64", () => {
    const metadata = parseMetadata({...json(), recipe: "more than is needed"});
    expect(metadata).toMatchObject({positive: "parasitized", threshold: 0.5, abstain: [0.4, 0.6]});
    expect(metadata.selfTest[0]!.rgb).toEqual(new Uint8ClampedArray(cellValues));
    expect(metadata).not.toHaveProperty("recipe");
  });

  test("without threshold, band and self-test it calls from one half up and never abstains", () => {
    const {name, labels, positive, files} = json();
    expect(parseMetadata({name, labels, positive, files})).toMatchObject({
      threshold: 0.5,
      abstain: null,
      temperature: 1,
      commit: null,
      selfTest: []
    });
  });

  test.each([
    ["labels", ["one"]],
    ["positive", "neither"],
    ["threshold", 1.2],
    ["threshold", "0.5"],
    ["temperature", 0],
    ["commit", 7],
    ["abstain", [0.6, 0.4]],
    ["abstain", [0.6]],
    ["files", []],
    ["files", [{path: "model.json", bytes: 1.5, sha256: "0".repeat(64)}]],
    ["files", [{path: "model.json", bytes: 1, sha256: "x"}]],
    ["files", [null]],
    ["selfTest", [{p: 0.5, rgb: "AAAA"}]]
  ])("names %s when it is %j", (field, value) => {
    expect(() => parseMetadata({...json(), [field]: value})).toThrow(
      new RegExp(`metadata\\.json cannot be used: ${field}(\\[0\\])? must`)
    );
  });

  test.each([null, 7, "text"])("refuses %j", (value) => expect(() => parseMetadata(value)).toThrow("an object"));
});
