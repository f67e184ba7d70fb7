import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import sirv from "sirv";
import {listen} from "../../src/build/serve.js";

/** A plain host of files under a path of its own, as GitHub Pages is: no headers of the site's choosing. */
export interface Mount {
  /** Address of the site's root, ending in a slash. */
  url: string;
  /** Paths asked for since the last {@link Mount.forget}, relative to the root. */
  asked: string[];
  forget(): void;
  /** Serves another folder from now on, as after a new deployment. */
  replace(directory: string): void;
  close(): Promise<void>;
}

/** Serves `directory` under `base`. */
export async function mount(directory: string, base = "/students/malaria/"): Promise<Mount> {
  const open = (folder: string) => sirv(folder, {dev: true, extensions: ["html"], etag: true, maxAge: 600});
  let handle = open(directory);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (!request.url!.startsWith(base)) return void response.writeHead(404).end("outside the site");
    request.url = request.url!.slice(base.length - 1);
    asked.push(request.url.slice(1));
    handle(request, response, () => void response.writeHead(404).end("not found"));
  });
  await listen(server, 0, "127.0.0.1");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${base}`,
    asked,
    forget: () => void asked.splice(0),
    replace: (folder) => void (handle = open(folder)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
}
