import {expect, test} from "vitest";
import {keptWith} from "../../../../src/components/site/offline-plan.js";

test("the finder and TensorFlow.js are kept with the large network, and TensorFlow.js with what it computes", () => {
  expect(keptWith("student", true)).toEqual(["student", "kernels"]);
  expect(keptWith("student", false)).toEqual(["student", "kernels", "tensorflow"]);
  expect(keptWith("resnet34", true)).toEqual(["resnet34", "kernels", "tensorflow", "finder"]);
});
