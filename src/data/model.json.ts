import {emit} from "./loaders/emit.js";
import {readMetadata} from "./loaders/metadata.js";

await emit(() => readMetadata());
