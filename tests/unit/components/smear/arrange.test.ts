// @vitest-environment jsdom
import {expect, test} from "vitest";
import {arrange} from "../../../../src/components/smear/arrange.js";

const itemOf = (name: string) => Object.assign(document.createElement("li"), {textContent: name});
const names = (list: HTMLElement) => [...list.children].map(({textContent}) => textContent).join("");

/** A list that holds a to e, how many items a change of it put in or took out, and items by their letter. */
function setUp() {
  const items = new Map([..."abcdefgh"].map((name) => [name, itemOf(name)]));
  const list = document.createElement("ul");
  const of = (wanted: string) => [...wanted].map((name) => items.get(name)!);
  arrange(list, of("abcde"));
  const observer = new MutationObserver(() => {});
  observer.observe(list, {childList: true});
  const touched = (wanted: string) => {
    arrange(list, of(wanted));
    return observer
      .takeRecords()
      .reduce((sum, {addedNodes, removedNodes}) => sum + addedNodes.length + removedNodes.length, 0);
  };
  return {list, touched};
}

test("a list holds what it shall, in its order, whatever it held", () => {
  for (const wanted of ["abcde", "", "edcba", "afc", "hgf", "abcdefgh", "cab"]) {
    const {list, touched} = setUp();
    touched(wanted);
    expect(names(list)).toBe(wanted);
  }
});

test("no item is touched that stays in its place", () => {
  for (const [wanted, most] of [
    ["abcde", 0],
    ["abfde", 2],
    ["abcdef", 1],
    ["fabcde", 1],
    ["abcd", 1]
  ] as const) {
    expect(setUp().touched(wanted), wanted).toBeLessThanOrEqual(most);
  }
});
