import {readFileSync, readdirSync} from "node:fs";
import {connect, createServer} from "node:net";
import type {AddressInfo, Socket} from "node:net";

/** A slow way to something, until it is closed. */
export interface Slowed {
  close(): Promise<void>;
}

/** Most bytes that a connection sends before the next has its turn. */
const TURN = 16_384;

/** What a line writes to: a socket, or what stands for one. */
export type Receiver = Pick<Socket, "write" | "end" | "destroyed">;

/**
 * A line of limited speed, shared evenly by all that have something to send: each in its turn.
 * @param bits per second
 */
export function sharedLine(bits: number) {
  // What each has to send, that whose turn it is first; null where there will be no more.
  const waiting = new Map<Receiver, (Buffer | null)[]>();
  let budget = 0;
  return {
    /** Puts a chunk behind what the receiver waits for; null ends it. */
    queue(receiver: Receiver, chunk: Buffer | null) {
      const chunks = waiting.get(receiver);
      if (chunks) chunks.push(chunk);
      else waiting.set(receiver, [chunk]);
    },
    /** Sends what the line takes in so many milliseconds; at most what it takes in 100. */
    advance(milliseconds: number) {
      budget = Math.min(budget + (bits / 8) * (milliseconds / 1000), bits / 80);
      for (const [receiver, chunks] of waiting) {
        if (budget <= 0) break;
        waiting.delete(receiver);
        budget -= send(receiver, chunks, Math.min(TURN, Math.ceil(budget)));
        if (chunks.length && !receiver.destroyed) waiting.set(receiver, chunks);
      }
    }
  };
}

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
  const line = sharedLine(bits);
  const sockets = new Set<Socket>();
  let last = performance.now();
  const turn = setInterval(() => {
    const now = performance.now();
    line.advance(now - last);
    last = now;
  }, 2);
  const server = createServer((socket) => {
    const upstream = connect(target, "localhost");
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on("close", () => sockets.delete(one));
      one.on("error", () => one.destroy());
    }
    const later = (action: () => unknown) => setTimeout(action, roundTrip / 2);
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => later(() => line.queue(socket, null)));
    socket.on("data", (chunk) => later(() => upstream.write(chunk)));
    upstream.on("data", (chunk) => later(() => line.queue(socket, chunk)));
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
function send(receiver: Receiver, chunks: (Buffer | null)[], most: number): number {
  const chunk = chunks.shift();
  if (!chunk) {
    receiver.end();
    return 0;
  }
  if (receiver.destroyed) return 0;
  const part = chunk.subarray(0, most);
  receiver.write(part);
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
