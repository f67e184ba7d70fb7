import {createServer} from "node:http";
import type {Server} from "node:http";
import {connect} from "node:net";
import type {AddressInfo} from "node:net";
import {afterEach, beforeEach, expect, test} from "vitest";
import {slowLink} from "../../bench/engines/slow.js";

const BITS = 8_000_000;
let server: Server;
let link: Awaited<ReturnType<typeof slowLink>>;

beforeEach(async () => {
  server = createServer(({url}, response) => response.end(Buffer.alloc(Number(url!.slice(1)), 7)));
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  link = await slowLink((server.address() as AddressInfo).port, {bits: BITS, roundTrip: 40});
});

afterEach(async () => {
  await link.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Fetches so many bytes, and gives the time that it takes in seconds. */
async function seconds(bytes: number): Promise<number> {
  const from = performance.now();
  const content = await (await fetch(`http://localhost:${link.port}/${bytes}`)).arrayBuffer();
  expect(new Uint8Array(content).every((byte) => byte === 7) && content.byteLength).toBe(bytes);
  return (performance.now() - from) / 1000;
}

test("a line takes no less than its bits and its round trip ask for", async () => {
  const taken = await seconds(500_000);
  expect(taken).toBeGreaterThan((500_000 * 8) / BITS);
  expect(taken).toBeLessThan(3 * ((500_000 * 8) / BITS + 0.1));
});

test("a small file does not wait for the whole of a large one", async () => {
  let large: number | undefined;
  const all = seconds(1_000_000).then((taken) => (large = taken));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await seconds(20_000)).toBeLessThan(0.5);
  expect(large).toBeUndefined();
  await all;
  expect(large).toBeGreaterThan((1_020_000 * 8) / BITS);
});

test("what was on its way to a visitor who has left takes nothing of the line", async () => {
  const leaving = connect(link.port, "localhost");
  leaving.write("GET /4000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await new Promise((resolve) => leaving.once("data", resolve));
  leaving.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await seconds(250_000)).toBeLessThan(1);
});
