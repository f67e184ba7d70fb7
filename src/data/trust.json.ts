import {emit} from "./loaders/emit.js";
import {readTrust} from "./loaders/trust.js";

await emit(() => readTrust());
