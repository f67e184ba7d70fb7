import {emit} from "./loaders/emit.js";
import {headline} from "./loaders/headline.js";
import {readMetadata} from "./loaders/metadata.js";

await emit(() => headline(readMetadata()));
