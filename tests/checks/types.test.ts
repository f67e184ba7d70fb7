import {test} from "vitest";
import {run} from "./run.js";

test("the types hold", () => run("npx", "tsc", "--noEmit"));
