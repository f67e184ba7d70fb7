import {expect, test} from "vitest";
import {PAGE, createMachine, takeMaps} from "../../../../src/components/kernels/machine.js";
import {kernelStarter} from "./start.js";

test("a machine starts with what was laid out, grows by what follows, and keeps what was written", async () => {
  const {start, memories} = await kernelStarter();
  const machine = createMachine(start, 2);
  const {address, side, channels, border} = takeMaps(machine, 3, 8);
  expect([side, channels, border]).toEqual([3, 8, 0]);
  expect(machine.layout.bytes()).toBe(address + 2 * 3 * 3 * 8 * 4);
  machine.share({planes: 4});
  const written: string[] = [];
  machine.prepare(() => {
    machine.floats[address / 4] = 1.5;
    written.push("first");
  });
  expect(written).toEqual([]);
  machine.ready();
  expect(written).toEqual(["first"]);
  expect(memories).toHaveLength(1);
  const {planes} = machine.shared;
  expect(planes).toBeGreaterThanOrEqual(address + 576);

  machine.share({planes: 3, staging: PAGE});
  machine.prepare(() => void written.push(`second at ${machine.floats[address / 4]}`));
  machine.ready();
  expect(written).toEqual(["first", "second at 1.5"]);
  expect(memories).toHaveLength(1);
  expect(machine.shared.planes).toBe(planes);
  expect(machine.floats.buffer).toBe(memories[0]!.buffer);
  expect(machine.integers.buffer.byteLength).toBeGreaterThanOrEqual(machine.shared.staging + 4 * PAGE);
});
