import {readFileSync, readdirSync} from "node:fs";
import {connect, createServer} from "node:net";
import type {AddressInfo, Socket} from "node:net";

/** A slow way to something, until it is closed. */
export interface Slowed {
  close(): Promise<void>;
}

/** Most bytes that a connection sends before the next has its turn. */
const TURN = 16_384;

/**
 * A connection of limited speed to a server of this computer, shared evenly by all that comes through it: what the server
 * sends waits for its turn, and everything for half of the round trip each way.
 * @param options.bits per second
 * @param options.roundTrip milliseconds
 */
export async function slowLink(
  target: number,
  {bits, roundTrip}: {bits: number; roundTrip: number}
): Promise<Slowed & {port: number}> {
  // What each connection has to send, that whose turn it is first; null where the server has closed it.
  const waiting = new Map<Socket, (Buffer | null)[]>();
  const sockets = new Set<Socket>();
  let budget = 0;
  let last = performance.now();
  const turn = setInterval(() => {
    const now = performance.now();
    budget = Math.min(budget + (bits / 8) * ((now - last) / 1000), bits / 80);
    last = now;
    for (const [socket, chunks] of waiting) {
      if (budget <= 0) break;
      waiting.delete(socket);
      budget -= send(socket, chunks, Math.min(TURN, Math.ceil(budget)));
      if (chunks.length && !socket.destroyed) waiting.set(socket, chunks);
    }
  }, 2);
  const queue = (socket: Socket, chunk: Buffer | null) => {
    const chunks = waiting.get(socket);
    if (chunks) chunks.push(chunk);
    else waiting.set(socket, [chunk]);
  };
  const server = createServer((socket) => {
    const upstream = connect(target, "localhost");
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on("close", () => sockets.delete(one));
      one.on("error", () => one.destroy());
    }
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => setTimeout(() => queue(socket, null), roundTrip / 2));
    socket.on("data", (chunk) => setTimeout(() => upstream.write(chunk), roundTrip / 2));
    upstream.on("data", (chunk) => setTimeout(() => queue(socket, chunk), roundTrip / 2));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      clearInterval(turn);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    }
  };
}

/** Sends what waits first, no more than `most` bytes of it. @returns the bytes that this takes of the line */
function send(socket: Socket, chunks: (Buffer | null)[], most: number): number {
  const chunk = chunks.shift();
  if (!chunk) {
    socket.end();
    return 0;
  }
  if (socket.destroyed) return 0;
  const part = chunk.subarray(0, most);
  socket.write(part);
  if (part.length < chunk.length) chunks.unshift(chunk.subarray(part.length));
  return part.length;
}

/**
 * Lets a process and all its descendants run only one part in `factor` of the time, by stopping them again and again: unlike
 * DevTools' slowdown it holds for workers too.
 */
export function slowProcesses(root: number, factor: number, slice = 5): Slowed {
  let ended = false;
  const signal = (name: "SIGSTOP" | "SIGCONT") => {
    for (const pid of descendants(root)) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  const running = (async () => {
    while (!ended) {
      signal("SIGSTOP");
      await wait(slice * (factor - 1));
      signal("SIGCONT");
      await wait(slice);
    }
  })();
  return {
    async close() {
      ended = true;
      await running;
    }
  };
}

/** The Chromium that this process has started. @throws Error when there is none */
export function browserProcess(): number {
  const found = descendants(process.pid).find(
    (pid) => pid !== process.pid && /chrom/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"))
  );
  if (!found) throw new Error("No browser is running.");
  return found;
}

/** A process and all that it has started, on Linux. */
function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]!.split(" ")[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}
