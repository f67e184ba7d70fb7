import {test} from "vitest";
import {ofProcesses, pytest} from "./pytest.js";

test("training in two processes and scoring on a cluster do what their tests say", {timeout: 1_800_000}, () =>
  pytest(...ofProcesses)
);
