import {readFields} from "./models/fields/fields.js";
import {measureField,sumOf,figuresOf} from "./models/fields/measure.js";
import {isHeldOut} from "./models/laboratories/cells.js";
import {openFinderHere} from "./models/bundle.js";
const e = await openFinderHere(process.argv[2]!);
const most=Number(process.argv[3]??8);
for (const name of (process.argv[4]??"bbbc041,barcelona,chula,draaslan,bccd,raabin").split(",")) {
  const all=[]; let n=0; let ms=0; const ratio:number[]=[];
  for await (const f of readFields("/work/shared/data/other-laboratories",name,(i)=>(name==="bbbc041"||isHeldOut(name+"/"+i))&&n<most)) {
    n++; const t=performance.now();
    const found=await e.find(f.picture); ms+=performance.now()-t;
    all.push(measureField(found.cells,f.boxes,f.picture));
    const sizes=f.boxes.filter(b=>b.label==="healthy").map(b=>Math.sqrt((b.right-b.left)*(b.bottom-b.top))).sort((a,b)=>a-b);
    ratio.push(found.diameter/sizes[sizes.length>>1]!);
  }
  const r=figuresOf(sumOf(all));
  console.log(name,JSON.stringify(Object.fromEntries(Object.entries(r).map(([k,v])=>[k,+v.toFixed(3)]))),"ms",Math.round(ms/n),"scale",ratio.map(r=>r.toFixed(2)).join(" "));
}
