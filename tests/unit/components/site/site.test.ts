import {describe, expect, test, vi} from "vitest";
import {startMenu} from "../../../../src/components/site/menu.js";
import {siteNotice} from "../../../../src/components/site/site-notice.js";

test("a notice says and offers one thing at a time, and can be put off", () => {
  document.body.innerHTML = `<div id="site-notice" role="status"></div>`;
  const onAction = vi.fn();
  siteNotice({text: "First", action: "Go", onAction: () => {}});
  siteNotice({text: "A new version", action: "Reload", onAction});
  const region = document.querySelector("#site-notice")!;
  const [act, later] = region.querySelectorAll("button");
  expect(region.querySelector("p")!.textContent).toBe("A new version");
  act!.click();
  expect(onAction).toHaveBeenCalledOnce();
  later!.click();
  expect(region.childElementCount).toBe(0);
});

describe("the menu", () => {
  const setUp = () => {
    document.body.innerHTML = `<button id="menu-button" aria-expanded="false">Menu</button>
      <nav id="site-menu"><a href="#there">There</a></nav><p>Text</p>`;
    startMenu();
    const button = document.querySelector<HTMLElement>("#menu-button")!;
    return {button, state: () => button.getAttribute("aria-expanded")};
  };

  test("is opened and closed by its button", () => {
    const {button, state} = setUp();
    button.click();
    expect(state()).toBe("true");
    button.click();
    expect(state()).toBe("false");
  });

  test.each<[string, () => unknown]>([
    ["a link of it", () => document.querySelector("a")!.click()],
    ["a press elsewhere", () => document.querySelector("p")!.click()],
    ["leaving the page", () => window.dispatchEvent(new Event("pagehide"))]
  ])("is closed by %s", (_, act) => {
    const {button, state} = setUp();
    button.click();
    act();
    expect(state()).toBe("false");
  });

  test("is closed by Escape, which gives the focus back; another key leaves it", () => {
    const {button, state} = setUp();
    button.click();
    document.querySelector("a")!.focus();
    document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown"}));
    expect(state()).toBe("true");
    document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
    expect(state()).toBe("false");
    expect(document.activeElement).toBe(button);
  });
});
