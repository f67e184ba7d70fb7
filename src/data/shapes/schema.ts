import * as v from "valibot";

/** A number from `min` to `max`. */
export const number = (min = -Infinity, max = Infinity) =>
  v.custom<number>(
    (value) => typeof value === "number" && value >= min && value <= max,
    ({input}) => `must be a number from ${min} to ${max}, but is ${JSON.stringify(input)}`
  );

/** A share, a rate or a probability. */
export const share = number(0, 1);

export const text = v.string("must be a text");

/** What only a guard can tell, with the sentence that follows its name. */
export const guarded = <T>(holds: (value: unknown) => boolean, sentence: string) => v.custom<T>(holds, sentence);

/** An object, of which only the entries are kept; of one that is missing, its own sentence speaks. */
export const object = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.object(entries, ({expected, path}) => {
    if (expected === "Object") return "must be an object";
    const [issue] = v.safeParse(entries[String(path!.at(-1)!.key)]!, undefined).issues!;
    return issue.message;
  });

/**
 * Checks a value that was read.
 * @param fail gets one sentence about the first thing that is not as described: "folds[1].fold must be a number from 0 to 4"
 */
export function check<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  fail: (sentence: string) => never
): v.InferOutput<Schema> {
  const {success, output, issues} = v.safeParse(schema, value, {abortEarly: true});
  if (success) return output;
  const [{path = [], message}] = issues;
  const place = path.map(({key}) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return fail(`${place ? place.replace(/^\./, "") : "it"} ${message}`);
}
