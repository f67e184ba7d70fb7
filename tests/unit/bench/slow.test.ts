import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {describe, expect, test, vi} from "vitest";
import {sharedLine, slowLink} from "../../bench/engines/slow.js";
import type {Receiver} from "../../bench/engines/slow.js";

const BITS = 8_000_000;

/** Counts what comes: bytes, and whether it has ended. */
function receiver() {
  const heard = {bytes: 0, ended: false, destroyed: false, write: vi.fn(), end: vi.fn()};
  heard.write.mockImplementation((chunk: Buffer) => (heard.bytes += chunk.length));
  heard.end.mockImplementation(() => (heard.ended = true));
  return heard as typeof heard & Receiver;
}

describe("a shared line of a megabyte a second", () => {
  /** A line, and a way to ask it for so many bytes. */
  function setUp() {
    const line = sharedLine(BITS);
    const ask = (bytes: number) => {
      const heard = receiver();
      line.queue(heard, Buffer.alloc(bytes));
      line.queue(heard, null);
      return heard;
    };
    /** Milliseconds, by the line's own clock, until all has come. */
    const until = (heard: {ended: boolean}) => {
      let milliseconds = 0;
      for (; !heard.ended && milliseconds < 10_000; milliseconds += 2) line.advance(2);
      return milliseconds;
    };
    return {line, ask, until};
  }

  test("takes as long as its bits ask for, and saves up no more than a tenth of a second", () => {
    const {line, ask, until} = setUp();
    expect(until(ask(500_000))).toBeGreaterThanOrEqual(500);
    expect(until(ask(500_000))).toBeLessThan(504);
    line.advance(10_000);
    expect(until(ask(500_000))).toBeGreaterThanOrEqual(398);
  });

  test("does not let a small file wait for the whole of a large one", () => {
    const {line, ask, until} = setUp();
    const large = ask(1_000_000);
    for (let n = 0; n < 50; n++) line.advance(2);
    expect(until(ask(20_000))).toBeLessThan(80);
    expect(large.ended).toBe(false);
    expect(until(large)).toBeGreaterThan(700);
    expect(large.bytes).toBe(1_000_000);
  });

  test("sends nothing to a visitor who has left", () => {
    const {line, ask, until} = setUp();
    const left = ask(4_000_000);
    line.advance(100);
    const {bytes} = left;
    left.destroyed = true;
    expect(until(ask(250_000))).toBeLessThan(260);
    expect(left.bytes).toBe(bytes);
  });
});

test("a link brings all that the server sends, though another visitor has left, and a round trip later", async () => {
  const asked: string[] = [];
  const server = createServer(({url}, response) => {
    asked.push(url!);
    response.end(Buffer.alloc(Number(url!.slice(1)), 7));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  vi.useFakeTimers({toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"]});
  const link = await slowLink((server.address() as AddressInfo).port, {bits: BITS, roundTrip: 40});
  /** Lets so many milliseconds pass for the link, and what is on its way in truth come. */
  const pass = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    const leave = new AbortController();
    const left = fetch(`http://localhost:${link.port}/4000000`, {signal: leave.signal});
    const coming = fetch(`http://localhost:${link.port}/250000`).then((response) => response.arrayBuffer());
    await pass(19);
    expect(asked).toEqual([]);
    while (asked.length < 2) await pass(5);
    leave.abort();
    await expect(left.then((response) => response.arrayBuffer())).rejects.toThrow();
    let content: ArrayBuffer | undefined;
    void coming.then((all) => (content = all));
    while (!content) await pass(5);
    expect(content.byteLength).toBe(250_000);
    expect(new Uint8Array(content).every((byte) => byte === 7)).toBe(true);
  } finally {
    vi.useRealTimers();
    await link.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
