import * as v from "valibot";
import {check, guarded, number, object} from "../../data/shapes/schema.js";
import {JOINT, SHAPES} from "./gate.js";
import type {Gate} from "./gate.js";

const numbers = (length?: number) =>
  guarded<number[]>(
    (value) => Array.isArray(value) && value.every(Number.isFinite) && value.length === (length ?? value.length),
    `must be ${length ?? "a list of"} numbers`
  );
const limit = number(Number.MIN_VALUE);
const rows = (length?: number) =>
  v.pipe(v.array(numbers(length), "must be a list"), v.minLength(1, "must not be empty"));
const spread = (length: number) => ({
  mean: numbers(length),
  inverse: v.pipe(rows(length), v.length(length, `must be ${length} rows`))
});
const limits = {caution: limit, refuse: limit};
const range = object({caution: numbers(2), refuse: numbers(2)});

const gateSchema = object({
  smallest: object(limits),
  stain: object({...spread(3), usual: limit, limit, limitOnBlack: limit, target: numbers(3)}),
  dyes: object({red: numbers(2), blue: numbers(2), both: numbers(2), tint: limit}),
  ranges: object(Object.fromEntries(SHAPES.map((name) => [name, range] as const))),
  joint: object({...spread(JOINT.length), ...limits}),
  features: object({means: rows(), deviation: numbers(), ...limits}),
  offset: number()
});

/**
 * Reads `gate.json`.
 * @throws Error that names what is not as expected
 */
export function parseGate(text: string): Gate {
  const fail = (sentence: string): never => {
    throw new Error(`The model's gate.json cannot be used: ${sentence}.`);
  };
  const gate = check(gateSchema, JSON.parse(text), fail);
  const {means, deviation} = gate.features;
  if (means.some(({length}) => length !== deviation.length))
    fail("features must hold means as long as their deviation");
  return gate as unknown as Gate;
}
