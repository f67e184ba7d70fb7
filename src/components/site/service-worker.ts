import {clientsClaim} from "workbox-core";
import {cleanupOutdatedCaches, matchPrecache, precacheAndRoute} from "workbox-precaching";
import {createPartialResponse} from "workbox-range-requests";
import {registerRoute} from "workbox-routing";
import {keptFiles} from "./kept-files.js";
import type {OfflineMessage, OfflinePlan} from "./offline-plan.js";

/** Put in by the build. */
declare const OFFLINE_PLAN: OfflinePlan;

/** The part of the worker's scope that is used here; TypeScript's own types of it exclude those of the DOM. */
interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface Scope {
  registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "message", listener: (event: ExtendableEvent & MessageEvent<OfflineMessage>) => void): void;
}
const worker = globalThis as unknown as Scope;
const {scope} = worker.registration;
const kept = keptFiles(OFFLINE_PLAN.used, {scope, caches, fetch: fetch.bind(globalThis)});

// The shell: whole and of one build, each file checked by its hash on arrival. Pages keep their state in the query.
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(OFFLINE_PLAN.shell, {ignoreURLParametersMatching: [/./]});

registerRoute(
  ({url}) => kept.has(url.href),
  async ({request, url, event}) => {
    const fresh = request.cache === "reload" || request.cache === "no-store";
    const found = fresh ? undefined : await kept.match(url.href);
    const partial = request.headers.has("range");
    if (found) return partial ? createPartialResponse(request, found) : found;
    const response = await fetch(request);
    if (response.status === 200) (event as ExtendableEvent).waitUntil(kept.put(url.href, response.clone()));
    return response;
  }
);

// Any other page of the site: the server's, or the page that says there is none.
registerRoute(
  ({request, sameOrigin}) => sameOrigin && request.mode === "navigate",
  async ({request}) => {
    const response = await fetch(request).catch(() => undefined);
    return response ?? (await matchPrecache("404.html")) ?? Response.error();
  }
);

worker.addEventListener("activate", (event) => event.waitUntil(kept.clean()));
worker.addEventListener("message", (event) => {
  const message = event.data;
  const addressesOf = (parts: string[]) =>
    parts.flatMap((part) => OFFLINE_PLAN.classifier[part] ?? []).map((path) => new URL(path, scope).href);
  if (message.type === "activate") event.waitUntil(worker.skipWaiting());
  else if (message.type === "keep-classifier") event.waitUntil(kept.fetch(addressesOf(message.parts)));
  else {
    const classifier = new Set(addressesOf(Object.keys(OFFLINE_PLAN.classifier)));
    event.waitUntil(kept.fetch(message.urls.filter((url) => !classifier.has(url))));
  }
});
