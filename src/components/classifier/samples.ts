import type {Sample} from "./upload.js";

/** What the data set says of a sample cell. */
export type SampleFacts = Omit<Sample, "file"> & {file: string};

/**
 * Fetches the sample cells, so that trying one later makes no request.
 * @param facts in any order
 * @param attachments a picture for each, in the order to show
 */
export async function loadSamples(
  facts: SampleFacts[],
  attachments: {name: string; blob: () => Promise<Blob>}[]
): Promise<Sample[]> {
  return Promise.all(
    attachments.map(async (attachment) => {
      const {label, disputed, kind} = facts.find(({file}) => file === attachment.name)!;
      return {file: new File([await attachment.blob()], attachment.name, {type: "image/png"}), label, disputed, kind};
    })
  );
}
