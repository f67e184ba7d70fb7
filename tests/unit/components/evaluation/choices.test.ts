import {expect, test, vi} from "vitest";
import {
  choiceOf,
  choiceWords,
  isAsked,
  isSame,
  kindOf,
  linkChoices,
  markChosen,
  nothing
} from "../../../../src/components/evaluation/choices.js";
import {evaluationTable} from "../../../../src/components/evaluation/selection.js";
import type {Selection, SelectionState} from "../../../../src/components/evaluation/selection.js";
import {element} from "../../../../src/components/ui/element.js";
import {readQuery} from "../../../../src/components/ui/url-state.js";
import {makeCells, makeData, makeModel} from "./fixture.js";

const cells = makeCells();
const table = evaluationTable(makeData([makeModel(cells)]), cells);
const at = (query: string) => readQuery(table, query).values;
const part = (attributes: Record<string, string>) => element("button", attributes);

/** A page's state that is only kept. */
function stateOf(query = "") {
  const state = {
    values: at(query),
    set: vi.fn((change: Partial<Selection>) => (state.values = {...state.values, ...change}))
  };
  return state as typeof state & SelectionState;
}

test("the drawer is open while anything is asked for", () => {
  expect(isAsked(at(""))).toBe(false);
  for (const query of ["?kind=wrong", "?patient=C5", "?bin=3", "?disputed=no", "?cell=7", "?part=fold:%203"]) {
    expect(isAsked(at(query)), query).toBe(true);
  }
  expect(isAsked(at("?threshold=0.3&tab=errors"))).toBe(false);
  expect(kindOf(at("?patient=C5"))).toBe("trouble");
});

test("parts of views say what they ask for", () => {
  expect(choiceOf(part({"data-kind": "wrong"}))).toEqual({...nothing, kind: "wrong"});
  expect(choiceOf(part({"data-bin": "20", "data-label": "parasitized"}))).toEqual({
    ...nothing,
    bin: 20,
    kind: "parasitized"
  });
  expect(choiceOf(part({"data-patient": "C5"}))).toEqual({...nothing, patient: "C5", kind: "trouble"});
  expect(choiceOf(part({"data-part": "fold: 3", "data-kind": "wrong", "data-disputed": "yes"}))).toEqual({
    ...nothing,
    part: "fold: 3",
    kind: "wrong",
    disputed: "yes"
  });
  expect(choiceOf(part({"data-threshold": "0.5"}))).toBeNull();
});

test("a click asks for the cells and marks what was clicked; a second one closes the drawer", () => {
  const view = element("div", part({"data-kind": "wrong"}), part({"data-patient": "C5"}), part({}));
  const [wrong, patient, other] = [...view.children] as HTMLElement[];
  const state = stateOf("?cell=7&bin=3");
  const opened = vi.fn();
  linkChoices(view, state, opened);
  const marked = () => [...view.children].map((one) => one.classList.contains("chosen"));
  wrong!.click();
  markChosen(view, state.values);
  expect(isSame(state.values, {...nothing, kind: "wrong"})).toBe(true);
  expect(state.values.cell).toBeNaN();
  expect([opened.mock.calls.length, marked()]).toEqual([1, [true, false, false]]);
  expect(wrong!.getAttribute("aria-pressed")).toBe("true");
  patient!.click();
  markChosen(view, state.values);
  expect(marked()).toEqual([false, true, false]);
  patient!.click();
  markChosen(view, state.values);
  expect([isAsked(state.values), opened.mock.calls.length, marked()]).toEqual([false, 2, [false, false, false]]);
  other!.click();
  expect(state.set).toHaveBeenCalledTimes(3);
});

test("what is asked for is said in words", () => {
  expect(choiceWords(at("?kind=false-negatives&patient=C5&disputed=yes"))).toBe(
    "False negatives (missed parasites), patient C5, label disputed"
  );
  expect(choiceWords(at("?part=fold:%203&disputed=no"))).toBe("Wrong or abstained, fold: 3, label not disputed");
});
