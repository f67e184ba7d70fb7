// @vitest-environment jsdom
import {readFileSync} from "node:fs";
import {afterEach, expect, test, vi} from "vitest";
import {refusalActions} from "../../../../src/components/classifier/card-actions.js";
import {parseGate} from "../../../../src/components/gate/gate-file.js";
import {lookAt} from "../../../../src/components/gate/gate.js";

const {give} = vi.hoisted(() => ({give: vi.fn<(file: File) => Promise<void>>()}));
vi.mock("../../../../src/components/keep/hand-over.js", () => ({openHandOver: () => ({give})}));

/** What the gate says of a picture in which no single cell lies. */
const gate = parseGate(readFileSync("models/student/gate.json", "utf8"));
const refusal = (missing: "several" | "nothing") => {
  const cell = new Uint8ClampedArray(7500);
  return lookAt({cell, missing, cut: false, descriptors: null, width: 900, height: 600}, gate).objection!.message;
};
const file = new File(["a"], "field.jpg");
afterEach(() => vi.clearAllMocks());

function buttons(message: string): HTMLButtonElement[] {
  document.body.replaceChildren(...refusalActions(file, {title: "field.jpg", message, reading: {}, onAgain: vi.fn()}));
  return [...document.querySelectorAll("button")];
}

test("only a refusal that names the page Smear offers to count the picture there", () => {
  expect(buttons(refusal("several")).map(({textContent}) => textContent)).toEqual([
    "Count its cells on Smear",
    "Mark the cell yourself",
    "Answer anyway"
  ]);
  expect(buttons(refusal("nothing")).length).toBe(2);
});

test("a browser that keeps nothing gets a sentence that says what to do, and the button can be pressed again", async () => {
  give.mockRejectedValue(new Error("refused"));
  const [button] = buttons(refusal("several"));
  button!.click();
  expect(button!.disabled).toBe(true);
  await vi.waitFor(() => expect(button!.disabled).toBe(false));
  expect(give).toHaveBeenCalledWith(file);
  expect(document.querySelector("[aria-live]")!.textContent).toMatch(
    /^This browser keeps no file.*Open Smear, and choose/
  );
});
