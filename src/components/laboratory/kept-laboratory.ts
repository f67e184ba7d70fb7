import {shiftLogit} from "../metrics/calibration.js";
import {FEWEST} from "./own-laboratory.js";
import type {OwnThreshold} from "./own-laboratory.js";

/** A laboratory whose healthy cells placed the thresholds of networks. */
export interface KeptLaboratory {
  /** When that was, as an ISO date. */
  date: string;
  /** How many healthy cells there were. */
  cells: number;
  /** The wanted share of false alarms. */
  rate: number;
  /** By the network's name, each with the sha256 of the network's metadata. */
  thresholds: Readonly<Record<string, OwnThreshold & {sha256: string | null}>>;
}

/** What is needed of an answer. */
export interface MovableAnswer {
  network: {metadata: {name: string}; sha256: string | null};
  prediction: {probability: number; offset: number};
  /** Whose healthy cells placed the threshold, in words; without it the model's own rule did. */
  laboratory?: string;
}

/** A place that keeps text on the visitor's device. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "malaria-laboratory";

/** What keeps text on this device; undefined where the browser refuses. */
export function deviceStore(): TextStore | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** @returns what is kept; null where nothing is, or nothing that can be used */
export function readKeptLaboratory(store: TextStore | undefined): KeptLaboratory | null {
  try {
    const kept = JSON.parse(store?.getItem(KEY) ?? "null") as KeptLaboratory | null;
    return kept && isUsable(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a laboratory, or forgets the one that was kept. @returns whether the browser did */
export function keepLaboratory(store: TextStore | undefined, laboratory: KeptLaboratory | null): boolean {
  try {
    if (laboratory) store!.setItem(KEY, JSON.stringify(laboratory));
    else store?.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** What a laboratory is called wherever its threshold was used. */
export function laboratoryTitle({date, cells, rate}: KeptLaboratory): string {
  return `own laboratory, ${cells} healthy cells on ${date.slice(0, 10)}, at most ${percent(rate)} false alarms wanted`;
}

/**
 * An answer by the threshold of a laboratory's own healthy cells. It stays as it is where that threshold was placed for
 * another version of the network, or for another one.
 */
export function atLaboratory<Answer extends MovableAnswer>(answer: Answer, laboratory: KeptLaboratory | null): Answer {
  const own = laboratory?.thresholds[answer.network.metadata.name];
  if (!laboratory || !own || own.sha256 !== answer.network.sha256) return answer;
  const {probability, offset} = answer.prediction;
  return {
    ...answer,
    prediction: {
      ...answer.prediction,
      probability: shiftLogit(probability, own.offset - offset),
      offset: own.offset
    },
    laboratory: laboratoryTitle(laboratory)
  };
}

/** A share as a percentage, with as many digits as it needs to be told from nought. */
export function percent(share: number): string {
  return `${share < 0.01 ? (100 * share).toPrecision(1) : Math.round(100 * share)} %`;
}

function isUsable({date, cells, rate, thresholds}: KeptLaboratory): boolean {
  const shares = (own: OwnThreshold) => [own.falseAlarms.estimate, own.falseAlarms.low, own.falseAlarms.high];
  return (
    Number.isFinite(Date.parse(date)) &&
    cells >= FEWEST &&
    rate > 0 &&
    rate < 1 &&
    Object.values(thresholds).every((own) => [own.offset, ...shares(own)].every(Number.isFinite))
  );
}
