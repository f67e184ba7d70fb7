import {emit} from "./loaders/emit.js";
import {gateNote, mapNote} from "./loaders/trust-notes.js";
import {readTrust} from "./loaders/trust.js";

await emit(() => {
  const trust = readTrust();
  return {mapNote: mapNote(trust), gateNote: gateNote(trust)};
});
