import {afterEach, expect, test, vi} from "vitest";
import {chartTips} from "../../../../src/components/ui/chart-tips.js";
import {element, svgElement} from "../../../../src/components/ui/element.js";

afterEach(() => document.body.replaceChildren());

function make() {
  const dot = (words: string) => svgElement("circle", svgElement("title", words));
  const marks = [dot("fold 0: 0.971"), dot("fold 1: 0.968")] as const;
  const plain = svgElement("rect");
  const place = element("div", svgElement("svg", {role: "img"}, svgElement("title", "A chart"), plain, ...marks));
  // The title of the whole picture is no mark.
  place.querySelector("svg")!.prepend(svgElement("g"));
  document.body.append(place);
  const tips = chartTips(place, "Folds");
  tips.refresh();
  const card = () => place.querySelector<HTMLElement>(".chart-tip");
  const point = (target: Element, pointerType = "mouse") =>
    target.dispatchEvent(Object.assign(new Event("pointerover", {bubbles: true}), {pointerType}));
  const press = (key: string) => place.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  return {place, marks, plain, tips, card, point, press};
}

test("the pointer shows a mark's title, and gives it back", () => {
  const {place, marks, plain, card, point} = make();
  point(marks[0]);
  expect([card()!.hidden, card()!.textContent]).toEqual([false, "fold 0: 0.971"]);
  // The browser's own card would lie over it.
  expect(marks[0].textContent).toBe("");
  point(marks[1]);
  expect([card()!.textContent, marks[0].textContent]).toEqual(["fold 1: 0.968", "fold 0: 0.971"]);
  point(plain);
  expect([card()!.hidden, marks[1].textContent]).toEqual([true, "fold 1: 0.968"]);
  point(marks[0], "touch");
  expect(card()!.hidden).toBe(true);
  point(marks[0]);
  place.dispatchEvent(new Event("pointerleave"));
  expect(card()!.hidden).toBe(true);
});

test("the keyboard goes from mark to mark, and Enter clicks", () => {
  const {place, marks, card, press} = make();
  expect([place.tabIndex, place.getAttribute("role")]).toEqual([0, "group"]);
  const clicked = vi.fn();
  place.addEventListener("click", ({target}) => clicked(target));
  press("Enter");
  expect(clicked).not.toHaveBeenCalled();
  press("ArrowRight");
  expect(card()!.textContent).toBe("fold 0: 0.971");
  press("End");
  press("ArrowRight");
  expect(card()!.textContent).toBe("fold 1: 0.968");
  press("Enter");
  expect(clicked).toHaveBeenCalledWith(marks[1]);
  press("Escape");
  expect(card()!.hidden).toBe(true);
  press("Home");
  place.dispatchEvent(new Event("blur"));
  expect([card()!.hidden, marks[0].textContent]).toEqual([true, "fold 0: 0.971"]);
});

test("a title that changed meanwhile is not overwritten, and a chart drawn anew ends the card", () => {
  const {place, marks, tips, card, point} = make();
  point(marks[0]);
  marks[0].firstChild!.textContent = "fold 0: 0.980";
  point(marks[1]);
  expect(marks[0].textContent).toBe("fold 0: 0.980");
  place.querySelector("svg")!.remove();
  tips.refresh();
  expect(card()!.hidden).toBe(true);
});

test("a place with a role of its own keeps it, one without marks gets no stop", () => {
  const own = element("div", {role: "slider"}, svgElement("svg", svgElement("circle", svgElement("title", "1"))));
  chartTips(own, "Loss").refresh();
  expect([own.getAttribute("role"), own.getAttribute("aria-label")]).toEqual(["slider", null]);
  const bare = element("div", svgElement("svg", svgElement("circle")));
  chartTips(bare, "Rates").refresh();
  expect(bare.hasAttribute("tabindex")).toBe(false);
});
