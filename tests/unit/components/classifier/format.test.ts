import {expect, test} from "vitest";
import {formatMilliseconds, formatProbability} from "../../../../src/components/classifier/format.js";

test.each([
  [0, "<0.001"],
  [0.00099, "<0.001"],
  [0.001, "0.001"],
  [0.9734, "0.973"],
  [0.999, "0.999"],
  [0.99951, ">0.999"],
  [1, ">0.999"]
])("probability %f is written %s", (value, text) => expect(formatProbability(value)).toBe(text));

test.each([
  [31.4, "31 ms"],
  [999.4, "999 ms"],
  [999.6, "1.0 s"],
  [1234, "1.2 s"]
])("%f milliseconds are written %s", (value, text) => expect(formatMilliseconds(value)).toBe(text));
