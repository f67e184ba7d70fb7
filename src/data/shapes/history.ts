import * as v from "valibot";
import {guarded, number, object, share} from "./schema.js";

const phases = ["frozen", "unfrozen"] as const;
const positive = number(0);

/** Losses and accuracies after one epoch; "valid" is measured on patients held out of the training patients. */
const epochOf = <Loss extends v.GenericSchema<unknown, number>>(validLoss: Loss, validShare: Loss) =>
  object({
    epoch: number(),
    phase: v.picklist(phases, ({input}) => `must be ${phases.join(" or ")}, but is ${JSON.stringify(input)}`),
    trainLoss: positive,
    trainAccuracy: share,
    validLoss,
    validAccuracy: validShare,
    validAuc: validShare,
    seconds: positive
  });

/** One optimiser step that was written down: a learning rate for each layer group, early layers first. */
const step = object({
  step: positive,
  epoch: positive,
  learningRates: guarded<number[]>(
    (value) => Array.isArray(value) && value.every((rate) => typeof rate === "number" && rate >= 0),
    "must be a list of numbers from 0"
  ),
  momentum: share,
  loss: positive
});

/** One point of the learning-rate finder: the loss met while the rate was raised. */
const finderPoint = object({learningRate: positive, loss: positive});

const validatedEpoch = epochOf(positive, share);
export type Epoch = v.InferOutput<typeof validatedEpoch>;

const historyOf = (epoch: v.GenericSchema<unknown, Epoch>) =>
  object({
    fold: number(0, 4),
    recipe: v.optional(v.record(v.string(), v.unknown()), {}),
    /** Number of epochs at the start in which only the head was trained. */
    boundary: number(0),
    epochs: v.pipe(v.array(epoch, "must be a list"), v.minLength(1, "must hold at least one epoch")),
    steps: v.array(step, "must be a list"),
    learningRateFinder: v.optional(v.nullable(v.array(finderPoint, "must be a list")), null)
  });

/** The history of training on all folds but one, as `models/<name>/history/fold-K.json` holds it. */
export const historySchema = historyOf(validatedEpoch);

const notValidated = v.optional(
  v.pipe(
    v.unknown(),
    v.transform(() => NaN)
  ),
  NaN
);
/** The same where the recipe set no validation cells aside: the validation figures are NaN, whatever stands there. */
export const unvalidatedHistorySchema = historyOf(epochOf(notValidated, notValidated));

export type TrainingHistory = v.InferOutput<typeof historySchema>;
export type Step = TrainingHistory["steps"][number];
export type FinderPoint = NonNullable<TrainingHistory["learningRateFinder"]>[number];
