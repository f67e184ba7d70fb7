import {existsSync} from "node:fs";
import {emit} from "./loaders/emit.js";
import {hashIfThere} from "./loaders/read.js";
import {readComposed, readMeasured, readPhotograph} from "./loaders/smear.js";
import type {JudgingNetwork} from "./loaders/smear.js";

// What is in the sample fields, what each network did on other laboratories' cells, and the sha256 of the finder's
// metadata.json, which lists that of every other file; null where the site is built without one.
const measuredOf = (name: JudgingNetwork) =>
  [name, "finder"].every((one) => existsSync(`models/${one}/report.json`))
    ? {[name]: readMeasured("models", name)}
    : {};

await emit(() => ({
  composed: readComposed(),
  photograph: readPhotograph(),
  finder: hashIfThere("models/finder/metadata.json"),
  measured: {...measuredOf("student"), ...measuredOf("resnet34")}
}));
