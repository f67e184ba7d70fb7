import fc from "fast-check";
import {JSDOM} from "jsdom";
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {
  choiceProperty,
  flagProperty,
  numberProperty,
  readQuery,
  textProperty,
  urlState,
  writeQuery
} from "../../../../src/components/ui/url-state.js";

const table = {
  threshold: numberProperty(0.5, {min: 0, max: 1}),
  seed: numberProperty(1, {min: 0, max: 999, whole: true}),
  label: choiceProperty("any", ["any", "parasitized", "uninfected"]),
  square: flagProperty(false),
  cell: textProperty()
};
const fallbacks = {threshold: 0.5, seed: 1, label: "any", square: false, cell: ""};

test("an empty query gives the fallbacks, and fallbacks an empty query", () => {
  expect(readQuery(table, "")).toEqual({values: fallbacks, problems: []});
  expect(writeQuery(table, {...fallbacks, label: "any" as const})).toBe("");
});

test("what is written is read back", () => {
  const values = fc.record({
    threshold: fc.double({min: 0, max: 1, noNaN: true}).map((value) => value + 0),
    seed: fc.integer({min: 0, max: 999}),
    label: fc.constantFrom("any" as const, "parasitized" as const, "uninfected" as const),
    square: fc.boolean(),
    cell: fc.string()
  });
  fc.assert(
    fc.property(values, (state) => {
      expect(readQuery(table, writeQuery(table, state))).toEqual({values: state, problems: []});
    })
  );
});

test("nonsense falls back and is named in a sentence", () => {
  const {values, problems} = readQuery(table, "?threshold=2&label=cat&square=yes&seed=1.5");
  expect(values).toEqual(fallbacks);
  expect(problems).toEqual([
    "The address says threshold=2, but it must be a number from 0 to 1; 0.5 is used instead.",
    "The address says seed=1.5, but it must be a whole number from 0 to 999; 1 is used instead.",
    "The address says label=cat, but it must be one of any, parasitized, uninfected; any is used instead.",
    "The address says square=yes, but it must be 1 or 0; 0 is used instead."
  ]);
});

test.each(["", " ", "NaN", "Infinity", "-Infinity", "0x", "1e999", "one"])("“%s” is no number", (text) => {
  expect(numberProperty(0).parse(text)).toBeUndefined();
});

test("parameters of others are kept", () => {
  expect(writeQuery(table, {...fallbacks, label: "any" as const, seed: 7}, "?utm=x&seed=3")).toBe("?utm=x&seed=7");
});

let window: JSDOM["window"];
beforeEach(() => {
  vi.useFakeTimers();
  window = new JSDOM("", {url: "https://site.test/page?threshold=0.25&label=cat#part"}).window;
  Object.assign(window, {setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout});
});
afterEach(() => vi.useRealTimers());
const open = () => urlState(table, {window: window as unknown as Window});

test("a drag replaces the address once, with its last value", () => {
  const state = open();
  const replace = vi.spyOn(window.history, "replaceState");
  expect(state.problems).toHaveLength(1);
  for (const threshold of [0.3, 0.4, 0.6]) state.set({threshold});
  expect(state.values.threshold).toBe(0.6);
  expect(replace).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(replace).toHaveBeenCalledTimes(1);
  expect(window.location.href).toBe("https://site.test/page?threshold=0.6#part");
  expect(state.problems).toHaveLength(0);
});

test("a step is pushed after what was due, and Back brings it back", async () => {
  const state = open();
  const heard: number[] = [];
  state.subscribe(({threshold}) => heard.push(threshold));
  state.set({threshold: 0.3});
  state.set({label: "parasitized"}, {push: true});
  expect(window.location.search).toBe("?threshold=0.3&label=parasitized");
  expect(window.history.length).toBe(2);
  window.history.back();
  await vi.runAllTimersAsync();
  expect(state.values).toMatchObject({threshold: 0.3, label: "any"});
  expect(heard).toEqual([0.3, 0.3, 0.3]);
});

test("after its end a listener, and after disposal nobody, hears anything", () => {
  const state = open();
  const listener = vi.fn();
  const stop = state.subscribe(listener);
  state.set({seed: 2});
  stop();
  state.set({seed: 3});
  expect(listener).toHaveBeenCalledTimes(1);
  state.subscribe(listener);
  state.dispose();
  expect(window.location.search).toBe("?threshold=0.25&seed=3");
  window.dispatchEvent(new window.PopStateEvent("popstate"));
  expect(listener).toHaveBeenCalledTimes(1);
});
