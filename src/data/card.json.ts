import {readCard} from "./loaders/card.js";
import {summarise} from "./loaders/dataset.js";
import {emit} from "./loaders/emit.js";
import {readManifest} from "./loaders/manifest.js";

await emit(() => readCard(summarise(readManifest()).folds.length));
