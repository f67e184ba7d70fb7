import {emit} from "./loaders/emit.js";
import {readHistories} from "./loaders/history.js";

await emit(() => readHistories());
