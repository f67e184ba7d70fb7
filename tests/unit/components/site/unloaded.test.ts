import {expect, test} from "vitest";
import {tellUnloaded} from "../../../../src/components/site/unloaded.js";

test("parts whose file did not come say what to do; other faults keep their words", async () => {
  document.body.innerHTML = "<main></main>";
  const main = document.querySelector("main")!;
  const fail = (text: string) => {
    const node = Object.assign(document.createElement("div"), {
      className: "observablehq--inspect observablehq--error",
      textContent: text
    });
    main.append(node);
    return node;
  };
  const before = fail("RuntimeError: Load failed");
  tellUnloaded(main);
  const bug = fail("RuntimeError: rows is not defined");
  const told = [
    "RuntimeError: Failed to fetch",
    "RuntimeError: NetworkError when attempting to fetch resource.",
    "RuntimeError: Load failed",
    "RuntimeError: Unable to load file: cells.arrow",
    "TypeError: Failed to fetch dynamically imported module: x.js",
    "TypeError: error loading dynamically imported module: x.js",
    "TypeError: Importing a module script failed."
  ].map(fail);
  await Promise.resolve();
  const sentence = "Not loaded: check your connection and reload.";
  expect(before.textContent).toBe(sentence);
  expect(told.map(({textContent}) => textContent)).toEqual(told.map(() => sentence));
  expect(bug.textContent).toBe("RuntimeError: rows is not defined");
  const later = fail("RuntimeError: Load failed");
  await Promise.resolve();
  expect(later.textContent).toBe(sentence);
});
