// Rebuilds every generated file of migrations/data. README.md says how.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build as buildDiagnoses } from "./diagnoses.mjs";
import { build as buildMedications } from "./medications.mjs";
import { build as buildStudies } from "./studies.mjs";
import { build as buildSynonyms } from "./synonyms.mjs";

const [packageDirectory, given] = process.argv.slice(2);
if (!packageDirectory) throw new Error("usage: node build.mjs PACKAGE_DIRECTORY [OUTPUT_DIRECTORY]");

const output = given ?? fileURLToPath(new URL("../../migrations/data/", import.meta.url));
const file = (name) => path.join(output, name);

await buildDiagnoses(packageDirectory, file("diagnoses.tsv"));
await buildSynonyms(file("diagnoses.tsv"), file("diagnosis_synonyms.tsv"));
await buildMedications(file("medications.tsv"));
await buildStudies(file("studies.tsv"));
