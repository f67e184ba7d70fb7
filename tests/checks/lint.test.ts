import {test} from "vitest";
import {run} from "./run.js";

test("nothing is left to lint or to format", () => run("npm", "run", "--silent", "lint"));
