import {packFeatures, readEmbedding} from "./loaders/embedding.js";
import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => packFeatures(readEmbedding(readManifest())));
