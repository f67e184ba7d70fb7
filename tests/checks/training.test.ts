import {test} from "vitest";
import {ofProcesses, pytest} from "./pytest.js";

test("the training code does what its tests say", () =>
  pytest("tests/training", ...ofProcesses.map((path) => `--ignore=${path}`)));
