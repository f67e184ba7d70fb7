import {expect, test, vi} from "vitest";
import {panelButton} from "../../../../src/components/ui/panel-button.js";

test("makes its panel when it is first opened, then folds and unfolds it, the focus on its button", async () => {
  const open = vi.fn(async () => document.createElement("section"));
  const root = panelButton("Share", {name: "a.png", open});
  root.scrollIntoView = vi.fn();
  document.body.replaceChildren(root);
  const button = root.querySelector("button")!;
  const state = () => [button.getAttribute("aria-expanded"), root.querySelector("section")?.hidden];
  expect([button.getAttribute("aria-label"), ...state()]).toEqual(["Share: a.png", "false", undefined]);
  button.click();
  await vi.waitFor(() => expect(state()).toEqual(["true", false]));
  await vi.waitFor(() => expect(document.activeElement).toBe(button));
  button.click();
  expect(state()).toEqual(["false", true]);
  expect(root.scrollIntoView).toHaveBeenCalledTimes(1);
  button.click();
  expect(state()).toEqual(["true", false]);
  expect(open).toHaveBeenCalledTimes(1);
  expect(root.scrollIntoView).toHaveBeenCalledTimes(2);
});

test("says when its panel did not come, and can be pressed again", async () => {
  const open = vi.fn(async () => document.createElement("section"));
  open.mockRejectedValueOnce(new Error("offline"));
  const root = panelButton("Share", {name: "a.png", open});
  const button = root.querySelector("button")!;
  button.click();
  await vi.waitFor(() =>
    expect(root.textContent).toContain("This part did not come (offline). Press the button again.")
  );
  expect(button.disabled).toBe(false);
  button.click();
  await vi.waitFor(() => expect(root.querySelector("section")).not.toBeNull());
  expect(root.querySelector("p")!.hidden).toBe(true);
});
