import {expect, test, vi} from "vitest";
import {startSidebar} from "../../../../src/components/site/sidebar.js";
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

test("the button works the hidden switch and says whether the list is shown", () => {
  document.body.innerHTML = `<style>#observablehq-sidebar {visibility: hidden}
    #observablehq-sidebar-toggle:checked ~ #observablehq-sidebar {visibility: visible}</style>
    <button id="sidebar-button"></button><input type="checkbox" id="observablehq-sidebar-toggle" hidden>
    <nav id="observablehq-sidebar"><a href="/">Start</a></nav>`;
  startSidebar();
  const button = document.querySelector<HTMLElement>("#sidebar-button")!;
  expect(button.getAttribute("aria-expanded")).toBe("false");
  button.click();
  expect(button.getAttribute("aria-expanded")).toBe("true");
  document.querySelector("a")!.focus();
  document.querySelector<HTMLElement>("#observablehq-sidebar-toggle")!.click();
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(document.activeElement).toBe(button);
});
