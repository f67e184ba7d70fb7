import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {formatPercent} from "../../src/components/ui/format.js";
import {headline} from "../../src/data/loaders/headline.js";
import {readHistories} from "../../src/data/loaders/history.js";
import {readMetadata} from "../../src/data/loaders/metadata.js";
import {modelDirectory} from "../../src/data/loaders/read.js";
import {readReport} from "../../src/data/loaders/report.js";
import {openSite, settle} from "./harness.js";
import type {Site, Visit} from "./harness.js";

let site: Site;
beforeAll(async () => {
  site = await openSite({webgl: false});
});
afterAll(() => site?.close());

async function open(path: string, options = {}): Promise<Visit> {
  const visit = await site.open(path, options);
  await settle(visit.page);
  return visit;
}

describe("the model's pages", () => {
  const metadata = readMetadata();

  test("the confusion matrix is counted from predictions.csv", async () => {
    const visit = await open("/pages/evaluation");
    const lines = readFileSync(`${modelDirectory}/predictions.csv`, "utf8").trim().split("\n").slice(1);
    const {folds} = JSON.parse(readFileSync(`${modelDirectory}/report.json`, "utf8")) as {
      folds: {fold: number; operatingPoint: {threshold: number}}[];
    };
    const thresholds = new Map(folds.map(({fold, operatingPoint}) => [String(fold), operatingPoint.threshold]));
    const count = (label: string, positive: boolean) =>
      lines.filter((line) => {
        const [, truth, , fold, p] = line.split(",");
        return truth === label && Number(p) >= thresholds.get(fold!)! === positive;
      }).length;
    const rows = visit.page.locator("figure", {hasText: "Positive class: parasitized."}).locator("tbody tr");
    await rows.first().waitFor({state: "attached"});
    const shown = await rows.evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => cell.textContent))
    );
    expect(shown).toEqual(
      ["parasitized", "uninfected"].map((label) => [label, String(count(label, true)), String(count(label, false))])
    );
    await visit.close();
  });

  test("the start page states the accuracy of the shipped fold on the evaluation page", async () => {
    const {accuracy, fold} = headline(readMetadata(), readReport([0, 1, 2, 3, 4]));
    for (const path of ["/", `/pages/evaluation?fold=${fold}`]) {
      const visit = await open(path);
      expect(await visit.page.locator(".figures").textContent()).toContain(formatPercent(accuracy.estimate));
      await visit.close();
    }
  });

  test("the training page shows every epoch of every history", async () => {
    const visit = await open("/pages/training");
    const histories = readHistories();
    const name = (fold: number) => (histories.length > 1 ? `this network, fold ${fold}` : "this network");
    const rows = visit.page.locator("figure").first().locator("tbody tr").filter({hasText: "this network"});
    await rows.first().waitFor({state: "attached"});
    expect(await rows.allTextContents()).toEqual(
      histories.flatMap(({fold, epochs}) =>
        epochs.map(({epoch, trainLoss, validLoss, trainAccuracy, validAccuracy}) =>
          [name(fold), epoch, trainLoss, validLoss, trainAccuracy, validAccuracy].join("")
        )
      )
    );
    await visit.close();
  });

  test("the model card has every file for saving, with its hash", async () => {
    const visit = await open("/pages/model-card");
    const text = await visit.page.locator("main").textContent();
    for (const {path, sha256} of metadata.files) {
      expect(text).toContain(path);
      expect(text).toContain(sha256);
    }
    const links = visit.page.locator("main a[href*='/models/']");
    const addresses = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(addresses.map((address) => new URL(address).pathname).sort()).toEqual(
      [...metadata.files.map(({path}) => `/models/resnet34/${path}`), "/models/student/metadata.json"].sort()
    );
    for (const address of addresses) {
      const response = await visit.page.request.get(address);
      expect(response.status()).toBe(200);
      const file = metadata.files.find(({path}) => address.endsWith(`/resnet34/${path}`));
      if (file)
        expect(
          createHash("sha256")
            .update(await response.body())
            .digest("hex")
        ).toBe(file.sha256);
    }
    await visit.close();
  });
});
