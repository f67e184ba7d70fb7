// @vitest-environment jsdom
import {afterEach, expect, test, vi} from "vitest";
import {addressOf, copyButton} from "../../../../src/components/share/copy-button.js";

afterEach(() => vi.unstubAllGlobals());

const press = async (writeText?: () => Promise<void>) => {
  vi.stubGlobal("navigator", {...(writeText && {clipboard: {writeText}})});
  const root = copyButton("Copy link", () => "https://example.org/?cell=a.png");
  document.body.replaceChildren(root);
  root.querySelector("button")!.click();
  await Promise.resolve();
  await Promise.resolve();
  return {said: root.querySelector("[role=status]")!.textContent, input: root.querySelector("input")!};
};

test("copies the address, and shows it to be copied by hand where the browser does not let it", async () => {
  const writeText = vi.fn(async () => {});
  expect(await press(writeText)).toMatchObject({said: "Copied.", input: {hidden: true}});
  expect(writeText).toHaveBeenCalledExactlyOnceWith("https://example.org/?cell=a.png");
  for (const refused of [undefined, () => Promise.reject(new Error("denied"))]) {
    const {said, input} = await press(refused);
    expect([said, input.hidden, input.value]).toEqual(["Copy it from here:", false, "https://example.org/?cell=a.png"]);
  }
});

test("an address has the page's settings and the one cell, or none", () => {
  const here = "https://example.org/pages/classify?network=student&cell=old.png#questions";
  expect(addressOf(here, "C1 a.png")).toBe("https://example.org/pages/classify?network=student&cell=C1+a.png");
  expect(addressOf(here)).toBe("https://example.org/pages/classify?network=student");
});
