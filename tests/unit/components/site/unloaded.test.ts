import {expect, test, vi} from "vitest";
import {tellUnloaded} from "../../../../src/components/site/unloaded.js";

test("parts whose file did not come say so, and once for all there is a button; other faults keep their words", async () => {
  document.body.innerHTML = `<main></main><div id="site-notice" role="status"></div>`;
  const main = document.querySelector("main")!;
  const reload = vi.fn();
  tellUnloaded(main, reload);
  const fail = (text: string) => {
    const node = Object.assign(document.createElement("div"), {
      className: "observablehq--inspect observablehq--error",
      textContent: text
    });
    main.append(node);
    return node;
  };
  const bug = fail("RuntimeError: rows is not defined");
  await Promise.resolve();
  expect(document.querySelector("#site-notice")!.childElementCount).toBe(0);
  const told = [
    "RuntimeError: Failed to fetch",
    "RuntimeError: NetworkError when attempting to fetch resource.",
    "RuntimeError: Load failed",
    "RuntimeError: Unable to load file: cells.arrow",
    "TypeError: Failed to fetch dynamically imported module: x.js"
  ].map(fail);
  await Promise.resolve();
  expect(told.map(({textContent}) => textContent)).toEqual(told.map(() => "Not loaded"));
  expect(told[3]!.title).toBe("RuntimeError: Unable to load file: cells.arrow");
  expect(bug.textContent).toBe("RuntimeError: rows is not defined");
  expect(document.querySelector("#site-notice p")!.textContent).toContain("Check your connection");
  document.querySelector<HTMLButtonElement>("#site-notice .primary")!.click();
  expect(reload).toHaveBeenCalledOnce();
});
