import {tooltip} from "./tooltip.js";

/** What the field's words mean, each in a sentence. */
export const definitions = {
  accuracy: "The share of all cells that get the right answer.",
  sensitivity: "Of the parasitized cells, the share that is found. Also called recall, or true positive rate.",
  specificity: "Of the uninfected cells, the share that is cleared. One less it is the rate of false alarms.",
  threshold: "The score from which on a cell counts as parasitized.",
  "confusion matrix": "How many cells of each label got each answer: right ones on the diagonal, errors beside it.",
  "roc curves":
    "Receiver operating characteristic: for each threshold, the share of parasites found against the share of false alarms. The area below it is the chance that a parasitized cell scores higher than an uninfected one.",
  "precision–recall curve":
    "For each threshold, the share of positive answers that are right (precision) against the share of parasites found (recall).",
  scores: "The network's P(parasitized), from 0 to 1. Log-odds, ln(P / (1 − P)), draw its ends apart.",
  calibration:
    "Whether a score means what it says: of cells scored .8, 8 of 10 should be parasitized. One number, the temperature, corrects it without changing any order.",
  "both rates by threshold": "Sensitivity and specificity as the threshold moves: what one gains the other loses.",
  "fold by fold":
    "The patients are parted into folds. Each fold is tested by a network that was trained on the others, so every cell is tested once by a network that never saw its patient.",
  "patient split and random split":
    "On a patient split, test patients are never trained on. On a random split cells are drawn by lot, so a patient's cells lie on both sides.",
  subgroups: "The same figures for parts of the cells, to see whether an average hides a group that does worse.",
  "robustness to image changes":
    "How the figures fall when the pictures are changed, one change and one degree at a time.",
  "loss by epoch": "What training makes small: the cross-entropy, −ln of the probability given to the right label.",
  "accuracy by epoch": "The share of cells that get the right label, after each look at all training pictures.",
  "training loss at every step": "The loss of each mini-batch: the pictures after which the weights move once.",
  "learning rate": "How far the weights move at each step.",
  momentum: "How much of the last steps' direction each step keeps.",
  "cells that each epoch flipped":
    "An answer flips when an epoch moves P(parasitized) across ½. A cell near ½ may flip back with the next one.",
  "p(parasitized)": "The score that the network gives a cell for holding a parasite, from 0 to 1.",
  epoch: "One pass over all training pictures.",
  validation: "Cells of patients set aside from training, on which thresholds are chosen; test cells stay unseen.",
  "random split": "A split by cells drawn by lot, so that a patient's cells lie in training and in the test.",
  folds:
    "Groups of patients. Each is tested by a network that learned from the others, so that every cell is tested once, by a network that never saw its patient.",
  disputed: "A second reading of the cells (Fuhad et al. 2020) gives them the other label.",
  intervals:
    "Drawn from whole patients, 2,000 times over: 95 of 100 such draws give a figure between the two ends. They say how much other patients would change it.",
  "stain jitter": "A random change of a picture's dyes, so that a network learns no one laboratory's stain by heart.",
  prevalence: "The share of cells that are parasitized. It sets what a positive answer is worth."
} as const;

/** A word of the field with its definition as a tooltip; another word stays as it is. */
export function term(word: string): HTMLElement | string {
  const known = definitions[word.toLowerCase() as keyof typeof definitions] as string | undefined;
  return known ? tooltip(word, known) : word;
}

/** Gives the words of a page's prose that are marked as terms (`<dfn>`) their definitions, each word once. */
export function defineTerms(root: ParentNode = document): void {
  for (const word of root.querySelectorAll("main dfn")) {
    const defined = term(word.textContent);
    if (typeof defined !== "string") word.replaceWith(defined);
  }
}
