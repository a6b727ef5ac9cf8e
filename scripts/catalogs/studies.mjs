// Writes migrations/data/studies.tsv from studies/source.txt.
import { readFile } from "node:fs/promises";
import { sameLetters, writeTSV } from "./lib.mjs";

const SOURCE = new URL("./studies/source.txt", import.meta.url);

// slug is the code of a study: it is made from the name once, so a name is
// never changed in the source, only added.
const slug = (name) => sameLetters(name).replaceAll("ñ", "n").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

const none = (text) => (text === "-" ? "" : text);

function groupOf(line) {
  const [name, kind, specimen, preparation] = line.slice(2).split("|").map((part) => part.trim());
  if (!["laboratorio", "gabinete"].includes(kind)) throw new Error(`unknown kind in: ${line}`);
  return { name, kind, specimen, preparation };
}

function studyOf(line, group) {
  const [name, specimen = group.specimen, preparation = group.preparation] = line.split(" | ").map((part) => part.trim());
  return [slug(name), name, group.name, group.kind, none(specimen), none(preparation)];
}

export async function build(output) {
  const lines = (await readFile(SOURCE, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const rows = [];
  let group;
  for (const line of lines) {
    if (line.startsWith("= ")) group = groupOf(line);
    else rows.push(studyOf(line, group));
  }
  await writeTSV(output, ["code", "name", "study_group", "kind", "specimen", "preparation"], rows);
}
