import {afterAll, beforeAll, expect, test} from "vitest";
import {ask, prepareSite, servers} from "./servers.js";
import type {ServedSite} from "./servers.js";

let site: ServedSite;
beforeAll(async () => {
  site = await prepareSite();
});
afterAll(() => site?.remove());

for (const {name, available, requests, start} of servers) {
  test.runIf(available)(
    `${name} answers ${requests.toLocaleString("en")} requests without an error`,
    {timeout: 600_000},
    async () => {
      const server = await start(site);
      const light = site.files.filter((file) => !/\.(bin|webp)$/.test(file));
      const wrong: string[] = [];
      let next = 0;
      const client = async () => {
        while (next < requests) {
          const path = light[next++ % light.length]!;
          const {status} = await ask(new URL(path, server.url), {"accept-encoding": "br, gzip"}).catch(
            (error: Error) => ({status: error.message})
          );
          if (status !== 200) wrong.push(`${status} ${path}`);
        }
      };
      try {
        await Promise.all(Array.from({length: 32}, client));
      } finally {
        await server.close();
      }
      expect(wrong).toEqual([]);
    }
  );
}
