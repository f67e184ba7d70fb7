import {expect, test} from "vitest";
import {element} from "../../../../src/components/ui/element.js";
import {document} from "../../svg-snapshot.js";

test("attributes: true is empty; false, null and undefined are left out", () => {
  const node = element(document, "input", {disabled: true, hidden: false, title: null, name: undefined, size: 3});
  expect(node.outerHTML).toBe('<input disabled="" size="3">');
});

test("text stays text", () => {
  expect(element(document, "p", {}, "<b>", element(document, "i", {}, "x")).outerHTML).toBe("<p>&lt;b&gt;<i>x</i></p>");
});
