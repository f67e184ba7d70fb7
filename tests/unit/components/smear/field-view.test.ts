// @vitest-environment jsdom
import {afterEach, beforeEach, expect, test, vi} from "vitest";
import {fieldView} from "../../../../src/components/smear/field-view.js";
import {stubCanvasSize} from "./canvas.js";
import {fieldWith, judgedAt} from "./support.js";

/** Pictures that were drawn, each whole. */
const drawImage = vi.fn();
/** White grounds that were drawn in the place of one. */
const fillRect = vi.fn();
beforeEach(() => {
  drawImage.mockReset();
  fillRect.mockReset();
  stubCanvasSize();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(function (this: HTMLCanvasElement) {
    const known: Record<string, unknown> = {canvas: this, drawImage, fillRect};
    return new Proxy(known, {get: (own, name: string) => own[name] ?? (() => {}), set: () => true}) as never;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const frames = () => new Promise((resolve) => setTimeout(resolve, 40));

test("a picture is drawn when it, its cells or what is chosen has changed, and not with each look", async () => {
  const view = fieldView({onChoose: () => {}, onAdd: () => {}});
  const field = fieldWith([judgedAt(20, 20, 0.9), judgedAt(60, 20, 0.1)]);
  const close = vi.fn();
  const drawn = async (act: () => void) => {
    drawImage.mockReset();
    act();
    await frames();
    return drawImage.mock.calls.length;
  };
  view.show(field, null);
  expect(await drawn(() => view.setPicture(field.sha256, {width: 200, height: 100, close} as never))).toBe(1);
  expect(await drawn(() => view.show(field, null))).toBe(0);
  expect(await drawn(() => view.show({...field}, null))).toBe(1);
  expect(await drawn(() => view.show({...field}, 1))).toBe(1);
  expect(await drawn(() => view.setPicture(field.sha256, null))).toBe(0);
  expect(close).toHaveBeenCalledTimes(1);
  // Nor is a field without one.
  expect(fillRect).toHaveBeenCalledTimes(1);
  view.setPicture(field.sha256, null);
  await frames();
  expect(fillRect).toHaveBeenCalledTimes(1);
  view.dispose();
  expect(close).toHaveBeenCalledTimes(1);
});
