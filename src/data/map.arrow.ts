import {packMap, readEmbedding} from "./loaders/embedding.js";
import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => packMap(readEmbedding(readManifest())));
