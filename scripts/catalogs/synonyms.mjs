// Writes migrations/data/diagnosis_synonyms.tsv: what people say, and the code
// it leads to. A code that the diagnoses do not have stops the build.
import { readFile } from "node:fs/promises";
import { writeTSV } from "./lib.mjs";

const SOURCE = new URL("./diagnoses/synonyms.txt", import.meta.url);

export async function build(diagnosesFile, output) {
  const diagnoses = await readFile(diagnosesFile, "utf8");
  const codes = new Set(diagnoses.split("\n").map((line) => line.split("\t")[0]));
  const lines = (await readFile(SOURCE, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const rows = lines.map((line) => {
    const [expression, code] = line.split(" | ");
    if (!codes.has(code)) throw new Error(`synonym leads to a code that does not exist: ${line}`);
    return [expression, code];
  });
  await writeTSV(output, ["expression", "code"], rows);
}
