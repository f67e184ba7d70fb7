// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {emptyReview, markCell} from "../../../../src/components/smear/review.js";
import type {Place, Review} from "../../../../src/components/smear/review.js";
import {suspectsView} from "../../../../src/components/smear/suspects-view.js";
import {fieldWith, judgedAt} from "./support.js";

/** Fields of a hundred suspects each, those of the n-th field less probable than those of the one before. */
const FIELDS = Array.from({length: 4}, (_, n) =>
  fieldWith(
    Array.from({length: 100}, (_, cell) => judgedAt(cell, 20, 0.99 - n / 10 - cell / 1100)),
    {sha256: String(n).repeat(64), name: `field-${n}.jpg`}
  )
);
const reviewOf = (...numbers: number[]): Review => ({...emptyReview, fields: numbers.map((n) => FIELDS[n]!)});

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  vi.restoreAllMocks();
  delete (Element.prototype as Partial<Element>).scrollIntoView;
});

function setUp() {
  const chosen: Place[] = [];
  const view = suspectsView((place) => chosen.push(place));
  document.body.replaceChildren(view.node);
  const list = view.node.querySelector<HTMLElement>(".suspects")!;
  const items = () => [...list.querySelectorAll<HTMLElement>(".suspect")];
  const probabilities = () => items().map(({textContent}) => Number(/[01]\.\d+/.exec(textContent!)![0]));
  const button = (name: string) =>
    [...view.node.querySelectorAll("button")].find(({textContent}) => textContent?.startsWith(name))!;
  const range = () => view.node.querySelector(".controls")!.textContent;
  return {view, chosen, list, items, probabilities, button, range};
}

test("of many suspects the most probable are shown, the others page by page", () => {
  const {view, chosen, items, probabilities, button, range} = setUp();
  view.show(reviewOf(0, 1), null, []);
  expect(view.places.length).toBe(200);
  expect([items().length, probabilities()[0]]).toEqual([48, 0.99]);
  expect(probabilities()).toEqual([...probabilities()].sort((a, b) => b - a));
  const last = probabilities().at(-1)!;
  expect([button("Previous").disabled, button("Next").disabled]).toEqual([true, false]);
  button("Next").click();
  expect(range()).toMatch(/^49 to 96 of 200/);
  expect(probabilities()[0]).toBeLessThanOrEqual(last);
  items()[3]!.click();
  expect(chosen).toEqual([
    {field: FIELDS[0]!.sha256, cell: expect.any(Number) as number, probability: expect.any(Number) as number}
  ]);
  for (let times = 0; times < 3; times++) button("Next").click();
  expect(range()).toMatch(/^193 to 200 of 200/);
  expect([items().length, button("Next").disabled]).toEqual([8, true]);
  view.show(reviewOf(0), null, []);
  expect(range()).toMatch(/^97 to 100 of 100/);
});

test("the page follows what is chosen, until another is turned to", () => {
  const {view, items, button, range} = setUp();
  const review = reviewOf(0);
  const place = (n: number) => view.places[n]!;
  const selected = () => items().findIndex((item) => item.getAttribute("aria-selected") === "true");
  view.show(review, null, []);
  view.show(review, place(47), []);
  items()[47]!.focus();
  view.show(review, place(48), []);
  expect([range(), selected()]).toEqual([expect.stringMatching(/^49 to 96/), 0]);
  // Who reviews by the keyboard goes on where they are.
  expect(document.activeElement).toBe(items()[0]);
  button("Previous").click();
  expect([range(), selected()]).toEqual([expect.stringMatching(/^1 to 48/), -1]);
  view.show(markCell(review, place(48).field, place(48).cell, "uninfected"), place(48), []);
  expect(range()).toMatch(/^1 to 48/);
  view.show(review, place(49), []);
  expect([range(), selected()]).toEqual([expect.stringMatching(/^49 to 96/), 1]);
});

test("another field changes nothing but what it pushes off the page, however many there are", () => {
  const {view, list, items} = setUp();
  view.show(reviewOf(1), null, []);
  const before = items();
  const observer = new MutationObserver(() => {});
  observer.observe(list, {childList: true, attributes: true, subtree: true});
  view.show(reviewOf(1, 2), null, []);
  view.show(reviewOf(1, 2, 3), null, []);
  const touched = () =>
    observer
      .takeRecords()
      .reduce((sum, {addedNodes, removedNodes}) => sum + addedNodes.length + removedNodes.length || 1, 0);
  expect(touched()).toBeLessThan(2 * 48);
  expect(items().length).toBe(48);
  expect(items()[0]).toBe(before[0]);
  view.show(reviewOf(1, 2, 3), null, []);
  expect(touched()).toBe(0);
});

test("of many missing pictures a few are named", () => {
  const {view} = setUp();
  const missing = view.node.querySelector("[data-testid=suspects-missing]")!;
  const review = reviewOf(0, 1, 2, 3);
  view.show(review, null, FIELDS.slice(1, 3));
  expect(missing.textContent).toContain("Choose field-1.jpg, field-2.jpg again");
  view.show(review, null, FIELDS);
  expect(missing.textContent).toContain("Choose field-0.jpg, field-1.jpg, field-2.jpg, 1 more again");
});

test("without suspects it says so, and holds none of those before", () => {
  const {view, list, items, range} = setUp();
  view.show(reviewOf(0), null, []);
  expect(range()).toMatch(/of 100/);
  view.show(emptyReview, null, []);
  expect([list.hidden, items().length]).toEqual([true, 0]);
  expect(view.node.querySelector<HTMLElement>(".controls")!.hidden).toBe(true);
  expect(view.node.textContent).toContain("no cell is called parasitized");
});
