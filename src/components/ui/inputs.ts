import {element} from "./element.js";

/** What a dialog for pictures offers: those that systems know, and formats that many of them do not know to be pictures. */
export const ACCEPTED = "image/*,.tif,.tiff,.heic,.heif,.avif,.jp2";

/** A form element whose current choice is `value`; it fires `input` when the reader changes it. */
export type Input<T> = HTMLElement & {value: T};

/** Gives `host` a typed `value` that reads from and writes to its control. */
function withValue<T>(host: HTMLElement, get: () => T, set: (value: T) => void): Input<T> {
  return Object.defineProperty(host, "value", {get, set}) as Input<T>;
}

/** A drop-down with a visible label. `options` maps each value to what the reader sees. */
export function select<T extends string>(
  label: string,
  options: ReadonlyMap<T, string>,
  {value}: {value?: T} = {}
): Input<T> {
  const control = element("select");
  for (const [key, text] of options) control.append(element("option", {value: key}, text));
  if (value !== undefined) control.value = value;
  const host = element("label", {class: "control"}, element("span", label), control);
  return withValue(
    host,
    () => control.value as T,
    (next) => void (control.value = next)
  );
}

/** A tick box with a visible label. */
export function checkbox(label: string, {value = false}: {value?: boolean} = {}): Input<boolean> {
  const control = element("input", {type: "checkbox"});
  control.checked = value;
  const host = element("label", {class: "control control-tick"}, control, element("span", label));
  return withValue(
    host,
    () => control.checked,
    (next) => void (control.checked = next)
  );
}

/** Options of {@link range}. */
export interface RangeOptions {
  value?: number;
  min: number;
  max: number;
  step: number;
  /** How the value is written beside the slider. */
  format?: (value: number) => string;
}

/** A slider with a visible label and its value written beside it. */
export function range(label: string, {min, max, step, value = min, format = String}: RangeOptions): Input<number> {
  const control = element("input", {type: "range", min, max, step, value});
  const output = element("output", format(value));
  const show = () => {
    output.textContent = format(control.valueAsNumber);
    control.setAttribute("aria-valuetext", format(control.valueAsNumber));
  };
  control.addEventListener("input", show);
  show();
  const host = element("label", {class: "control"}, element("span", label), control, output);
  return withValue(
    host,
    () => control.valueAsNumber,
    (next) => {
      control.value = String(next);
      show();
    }
  );
}
