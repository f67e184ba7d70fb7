import {expect, test} from "vitest";
import {isFrugal} from "../../../../src/components/classifier/frugal.js";

test.each([
  [{}, false],
  [{connection: {}}, false],
  [{connection: {effectiveType: "4g", saveData: false}}, false],
  [{connection: {effectiveType: "4g", saveData: true}}, true],
  [{connection: {effectiveType: "3g"}}, true],
  [{connection: {effectiveType: "slow-2g", saveData: false}}, true]
])("%j spares data: %s", (navigator, expected) => {
  expect(isFrugal(navigator)).toBe(expected);
});
