// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {answerPlace, hindranceOf} from "../../../../src/components/classifier/answer-place.js";
import type {NetworkName} from "../../../../src/components/classifier/networks.js";
import type {ModelState} from "../../../../src/components/classifier/protocol.js";

const both: NetworkName[] = ["student", "resnet34"];
const loading: ModelState = {state: "loading", loaded: 3_000_000, total: 22_000_000};
const failed: ModelState = {state: "failed", message: "away"};
const ready = {state: "ready"} as ModelState;
const after = (states: Partial<Record<NetworkName, ModelState>>, asked = both, isHeld = false) =>
  hindranceOf(asked, new Map(Object.entries(states) as [NetworkName, ModelState][]), isHeld);

test.each([
  [{}, "The student is loading.", null],
  [{student: {state: "warming"} as ModelState}, "The student is loading.", null],
  [{student: ready}, "The student answers at once. ResNet-34 is loading.", null],
  [{student: ready, resnet34: loading}, "The student answers at once. ResNet-34 is loading: 3.0 MB of 22.0 MB.", null],
  [{student: ready, resnet34: failed}, "ResNet-34 could not be loaded. The student answers alone.", "retry"],
  [{student: failed, resnet34: loading}, "The student could not be loaded. ResNet-34 answers alone.", "retry"],
  [{student: failed, resnet34: failed}, "The networks could not be loaded.", "retry"]
] as const)("of two networks, so far as %j: %s", (states, text, press) => {
  expect(after(states)).toEqual({text, press});
});

test("one network stands for itself; one that waits is offered once the other is there; when all answer nothing is said", () => {
  expect(after({}, ["resnet34"])!.text).toBe("ResNet-34 is loading.");
  expect(after({resnet34: failed}, ["resnet34"])!.text).toBe("ResNet-34 could not be loaded.");
  expect(after({}, ["student"], true)!.press).toBeNull();
  expect(after({student: ready}, ["student"], true)).toEqual({
    text: "ResNet-34 waits, to spare your data. The student answers alone.",
    press: "fetch"
  });
  expect(after({student: ready, resnet34: ready})).toBeNull();
});

test("the place and each card that waits say what hinders, and offer what helps, until nothing does", () => {
  const act = {retry: vi.fn(), fetch: vi.fn()};
  const place = answerPlace({
    retry: {label: "Retry", act: act.retry},
    fetch: {label: "Fetch", act: act.fetch}
  });
  const card = place.waiting();
  const gone = place.waiting();
  const told = place.waiting(true);
  document.body.replaceChildren(place.element, card, told);
  const texts = () => [place.element, card, gone].map((one) => one.textContent);
  expect(texts()).toEqual(["Choose a cell: the answer appears here.", "Waiting…", "Waiting…"]);
  place.update({text: "It failed.", press: "retry"});
  expect(texts()).toEqual([
    "Choose a cell: the answer appears here.It failed.Retry",
    "Waiting… It failed.Retry",
    "Waiting…"
  ]);
  expect(told.textContent, "a card that has said why").toBe("Retry");
  const button = card.querySelector("button")!;
  place.update({text: "It failed.", press: "retry"});
  expect(card.querySelector("button"), "the same button, whose press is not lost").toBe(button);
  button.click();
  expect(act.retry).toHaveBeenCalledOnce();
  place.update({text: "It waits.", press: "fetch"});
  place.element.querySelector("button")!.click();
  expect(act.fetch).toHaveBeenCalledOnce();
  place.show("Below.");
  place.update(null);
  expect(texts()).toEqual(["Below.", "Waiting…", "Waiting…"]);
  place.show(null);
  expect(place.element.hidden).toBe(true);
  place.show("");
  expect([place.element.hidden, place.element.textContent]).toEqual([false, "Choose a cell: the answer appears here."]);
});
