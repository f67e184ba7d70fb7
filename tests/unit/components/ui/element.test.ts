import {expect, test} from "vitest";
import {element, svgElement} from "../../../../src/components/ui/element.js";

test("attributes: true is empty; false, null and undefined are left out", () => {
  const node = element("input", {disabled: true, hidden: false, title: null, name: undefined, size: 3});
  expect(node.outerHTML).toBe('<input disabled="" size="3">');
});

test("text stays text", () => {
  expect(element("p", "<b>", element("i", "x")).outerHTML).toBe("<p>&lt;b&gt;<i>x</i></p>");
});

test("attributes may come in parts; an absent child adds nothing, an empty text stays", () => {
  const node = element("p", {class: "a"}, {id: "b"}, false, null, undefined, "", "c");
  expect(node.outerHTML).toBe('<p class="a" id="b">c</p>');
  expect(node.childNodes).toHaveLength(2);
});

test("drawings are of the SVG namespace", () => {
  const node = svgElement("svg", {viewBox: "0 0 1 1"}, svgElement("path", {d: "M0,0"}));
  expect(node.outerHTML).toBe('<svg viewBox="0 0 1 1"><path d="M0,0"></path></svg>');
  expect(node.firstElementChild!.namespaceURI).toBe("http://www.w3.org/2000/svg");
});
