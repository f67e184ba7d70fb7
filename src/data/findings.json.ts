import {emit} from "./loaders/emit.js";
import {findings} from "./loaders/findings.js";
import {modelDirectory} from "./loaders/read.js";

await emit(() => findings(modelDirectory, "models/student"));
