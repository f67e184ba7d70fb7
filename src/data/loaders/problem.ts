/** What stops a build: a sentence that names the file and, where there is one, the row (1 is the header line). */
export class DataProblem extends Error {
  override name = "DataProblem";
  constructor(file: string, sentence: string, row?: number) {
    super(`${file}${row === undefined ? "" : `, row ${row}`}: ${sentence}`);
  }
}
