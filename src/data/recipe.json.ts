import * as v from "valibot";
import {emit} from "./loaders/emit.js";
import {readHistories} from "./loaders/history.js";

const recipe = v.object({
  size: v.number(),
  augmentation: v.record(v.string(), v.union([v.number(), v.boolean(), v.string()]))
});

await emit(() => v.parse(recipe, readHistories()[0]!.recipe));
