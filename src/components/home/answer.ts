import {answerHead} from "../answer/answer-head.js";
import {glanceAt} from "../answer/glance.js";
import {createClassifier} from "../classifier/client.js";
import {readSamples} from "../classifier/samples.js";
import type {ModelSource} from "../engine/download.js";
import type {Ask} from "./judge.js";

/** Starts the student, and asks it. @throws Refusal where it cannot answer */
export function openStudent(source: ModelSource): Ask {
  const classifier = createClassifier({sources: {student: source}, onModel: () => {}});
  classifier.choose("student", "auto");
  return async (sample) => {
    const {file} = readSamples([sample])[0]!;
    const {prediction, network} = await classifier.classify(file);
    const seen = glanceAt(prediction.probability, network.metadata);
    const shown = answerHead(prediction.probability, network.metadata);
    return {shown, sentence: `The small network says: ${seen.sentence.toLowerCase()}.`};
  };
}
