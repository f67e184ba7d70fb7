import {expect, test} from "vitest";
import {checkbox, range, select} from "../../../../src/components/ui/inputs.js";

test("every control has a visible label around it", () => {
  const controls = [
    select("Label", new Map([["any", "any"]])),
    checkbox("True proportions"),
    range("Threshold", {min: 0, max: 1, step: 0.1})
  ];
  for (const host of controls) {
    const control = host.querySelector<HTMLInputElement>("input, select")!;
    expect(control.labels![0]!.textContent).toContain(host.querySelector("span")!.textContent);
  }
});

test("values read and write through", () => {
  const label = select(
    "Label",
    new Map([
      ["a", "A"],
      ["b", "B"]
    ]),
    {value: "b"}
  );
  expect(label.value).toBe("b");
  label.value = "a";
  expect(label.querySelector("select")!.value).toBe("a");
  const tick = checkbox("On", {value: true});
  expect(tick.value).toBe(true);
  tick.value = false;
  expect(tick.querySelector("input")!.checked).toBe(false);
});

test("a slider writes its value beside it, moved by hand or by code", () => {
  const slider = range("Threshold", {min: 0, max: 1, step: 0.25, value: 0.5, format: (v) => `${v * 100} %`});
  const shown = () => [
    slider.value,
    slider.querySelector("output")!.textContent,
    slider.querySelector("input")!.getAttribute("aria-valuetext")
  ];
  expect(shown()).toEqual([0.5, "50 %", "50 %"]);
  const input = slider.querySelector("input")!;
  input.value = "0.75";
  input.dispatchEvent(new Event("input"));
  expect(shown()).toEqual([0.75, "75 %", "75 %"]);
  slider.value = 0.25;
  expect(shown()).toEqual([0.25, "25 %", "25 %"]);
});
