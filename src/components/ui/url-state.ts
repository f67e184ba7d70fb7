/** One entry of the page's address: what it is when left out, how it is read and written, what it may be. */
export interface Property<T> {
  fallback: T;
  /** The value that the text stands for, or undefined where it stands for none. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** What may stand there, for the sentence that reports nonsense: "a number from 0 to 1". */
  expected: string;
}

/** The properties of a page, by their names in the query string. */
export type Table = Record<string, Property<unknown>>;

/** The values that a table of properties stands for. */
export type Values<T extends Table> = {[K in keyof T]: T[K] extends Property<infer V> ? V : never};

/** A finite number in [min, max], `whole` or not. */
export function numberProperty(
  fallback: number,
  {min = -Infinity, max = Infinity, whole = false} = {}
): Property<number> {
  return {
    fallback,
    parse: (text) => {
      const value = text.trim() === "" ? NaN : Number(text);
      const fits = Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value));
      return fits ? value : undefined;
    },
    format: String,
    expected: `a ${whole ? "whole " : ""}number from ${min} to ${max}`
  };
}

/** One of a few words. */
export function choiceProperty<const T extends string>(fallback: T, choices: readonly T[]): Property<T> {
  return {
    fallback,
    parse: (text) => choices.find((choice) => choice === text),
    format: (value) => value,
    expected: `one of ${choices.join(", ")}`
  };
}

/** Any text, none when left out. */
export function textProperty(): Property<string> {
  return {fallback: "", parse: (text) => text, format: (value) => value, expected: "a text"};
}

/** A switch, written `1` or `0`. */
export function flagProperty(fallback: boolean): Property<boolean> {
  return {
    fallback,
    parse: (text) => (text === "1" ? true : text === "0" ? false : undefined),
    format: (value) => (value ? "1" : "0"),
    expected: "1 or 0"
  };
}

/** Reads a query string: every property has a value, and each nonsense one falls back and is named in a sentence. */
export function readQuery<T extends Table>(table: T, query: string): {values: Values<T>; problems: string[]} {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const values = Object.entries(table).map(([name, property]) => {
    const text = parameters.get(name);
    const value = text === null ? property.fallback : property.parse(text);
    if (value !== undefined) return [name, value];
    const used = property.format(property.fallback) || "none";
    problems.push(`The address says ${name}=${text}, but it must be ${property.expected}; ${used} is used instead.`);
    return [name, property.fallback];
  });
  return {values: Object.fromEntries(values), problems};
}

/** Writes a query string: values at their fallback are left out, parameters that are not in the table are kept. */
export function writeQuery<T extends Table>(table: T, values: Values<T>, query = ""): string {
  const parameters = new URLSearchParams(query);
  for (const [name, property] of Object.entries(table)) {
    const text = property.format(values[name]);
    if (text === property.format(property.fallback)) parameters.delete(name);
    else parameters.set(name, text);
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** The state of a page, kept in its address. */
export interface UrlState<T extends Table> {
  readonly values: Values<T>;
  /** One sentence for each value in the address that made no sense, until the next change. */
  readonly problems: readonly string[];
  /** Changes some values; `push` makes a step that Back undoes, else the current step is replaced. */
  set(change: Partial<Values<T>>, options?: {push?: boolean}): void;
  /** Calls back after Back, Forward or {@link UrlState.set}; the answer ends the calls. */
  subscribe(listener: (values: Values<T>) => void): () => void;
  /** Writes what is due and lets go of the window. */
  dispose(): void;
}

/**
 * Ties a table of properties to the address of the page.
 *
 * Replacements are written at most every `delay` milliseconds, since browsers refuse a flood of them (a dragged slider);
 * values and listeners follow at once.
 */
export function urlState<T extends Table>(
  table: T,
  {window = globalThis.window, delay = 150}: {window?: Window; delay?: number} = {}
): UrlState<T> {
  let {values, problems} = readQuery(table, window.location.search);
  let timer: number | undefined;
  const listeners = new Set<(values: Values<T>) => void>();
  const announce = () => listeners.forEach((listener) => listener(values));
  const address = () => {
    const {pathname, search, hash} = window.location;
    return pathname + writeQuery(table, values, search) + hash;
  };
  const flush = () => {
    if (timer === undefined) return;
    window.clearTimeout(timer);
    timer = undefined;
    window.history.replaceState(window.history.state, "", address());
  };
  const step = () => {
    window.clearTimeout(timer);
    timer = undefined;
    ({values, problems} = readQuery(table, window.location.search));
    announce();
  };
  window.addEventListener("pagehide", flush);
  window.addEventListener("popstate", step);
  return {
    get values() {
      return values;
    },
    get problems() {
      return problems;
    },
    set(change, {push = false} = {}) {
      if (push) flush();
      values = {...values, ...change};
      problems = [];
      if (push) window.history.pushState(null, "", address());
      else timer ??= window.setTimeout(flush, delay);
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      flush();
      listeners.clear();
      window.removeEventListener("pagehide", flush);
      window.removeEventListener("popstate", step);
    }
  };
}
