import {keptWith} from "./offline-plan.js";
import type {OfflineMessage} from "./offline-plan.js";
import {siteNotice} from "./site-notice.js";

/**
 * Starts the service worker that the page's head names, once the page has loaded: from then on the site's pages, the
 * sheets seen and, once it has run, the classifier work without a network. A new version waits until the visitor asks
 * for it, so nobody's results are lost. Does nothing in a preview, or where the browser has no service workers.
 */
export function startOffline(view: Window): void {
  const {document, navigator} = view;
  const address = document.querySelector<HTMLMetaElement>("meta[name=service-worker]")?.content;
  if (!address || !navigator.serviceWorker) return;
  const begin = () => void start(view, new URL(address, document.baseURI).href);
  if (document.readyState === "complete") begin();
  else view.addEventListener("load", begin, {once: true});
}

async function start(view: Window, address: string): Promise<void> {
  const {document, navigator} = view;
  const container = navigator.serviceWorker;
  const updating = container.controller !== null;
  let asked = false;
  container.addEventListener("controllerchange", () => {
    if (asked) view.location.reload();
    else if (updating) offer("This site was renewed in another tab. Reload this one when you are done here.");
  });

  let registration: ServiceWorkerRegistration | undefined;
  try {
    registration = await container.register(address, {updateViaCache: "none"});
  } catch {
    return; // A browser that forbids it (private windows, full disks): the site works on, with a network.
  }
  if (!registration) return; // Where a browser's settings block service workers, Chromium gives undefined.
  const own = registration;
  const watch = (worker: ServiceWorker | null) => {
    const check = () => {
      if (worker?.state === "installed" && container.controller) {
        offer("A new version of this site is ready.", () => {
          asked = true;
          post(worker, {type: "activate"});
        });
      }
    };
    worker?.addEventListener("statechange", check);
    check();
  };
  watch(own.waiting);
  watch(own.installing);
  own.addEventListener("updatefound", () => watch(own.installing));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void own.update().catch(() => {});
  });

  const {active} = await container.ready;
  document.documentElement.dataset.offline = "ready";
  keepWhatIsUsed(document, active!);

  function offer(text: string, onReload = () => view.location.reload()): void {
    siteNotice({text, action: "Reload", onAction: onReload});
  }
}

/**
 * Tells the worker of the files that came before it was there, and of each network of the classifier once that has loaded,
 * with what computes it: its own worker may be older than the service worker, which then saw nothing of the download.
 */
function keepWhatIsUsed(document: Document, worker: ServiceWorker): void {
  new PerformanceObserver((list) => {
    post(worker, {type: "keep", urls: list.getEntries().map(({name}) => name)});
  }).observe({type: "resource", buffered: true});

  const told = new Set<string>();
  const keepClassifier = () => {
    for (const {dataset} of document.querySelectorAll<HTMLElement>("[data-network][data-state=ready]")) {
      const parts = keptWith(dataset.network!, dataset.kernels === "true");
      if (told.has(parts.join())) continue;
      told.add(parts.join());
      post(worker, {type: "keep-classifier", parts});
    }
  };
  keepClassifier();
  new MutationObserver(keepClassifier).observe(document.querySelector("main") ?? document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-state"]
  });
}

function post(worker: ServiceWorker, message: OfflineMessage): void {
  worker.postMessage(message);
}
