import {openFinderHere} from "./models/bundle.js";
import {readFields} from "./models/fields/fields.js";
import {judgeField,judgingOf,labelledCells} from "./models/fields/judging.js";
import {measureField,sumOf,figuresOf} from "./models/fields/measure.js";
import {openClassifier} from "./models/score/scorer.js";
const e = await openFinderHere(process.argv[2]!); const c=await openClassifier();
const most=Number(process.argv[3]); let n=0; const all=[],cells=[]; let t=0,tj=0;
for await (const f of readFields("/work/shared/data/other-laboratories","bbbc041",()=>n++%3===0&&n<3*most)) {
  let s=performance.now(); const found=await e.find(f.picture); t+=performance.now()-s;
  s=performance.now(); const j=await judgeField(f.picture,found,e,c); tj+=performance.now()-s;
  all.push(measureField(found.cells,f.boxes,f.picture)); cells.push(...labelledCells(found.cells,j,f.boxes));
}
console.log(JSON.stringify(figuresOf(sumOf(all))),"find",t/all.length,"judge",tj/all.length);
console.log(JSON.stringify(judgingOf(cells,"resnet34",.476)));console.log(JSON.stringify(judgingOf(cells,"student",.46)));
process.exit(0);
