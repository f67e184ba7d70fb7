// @vitest-environment jsdom
import {expect, test} from "vitest";
import {element} from "../../../../src/components/ui/element.js";
import {nodesOf} from "../../../../src/components/ui/view.js";

test("views give their nodes by their names", () => {
  const [first, second] = [element("p"), element("div")];
  expect(nodesOf({first: {node: first}, second: {node: second}})).toEqual({first, second});
});
