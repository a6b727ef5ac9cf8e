// Writes migrations/data/medications.tsv from medications/source.txt, one row
// a product: substance, form, concentration and route.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { writeTSV } from "./lib.mjs";

const SOURCE = new URL("./medications/source.txt", import.meta.url);

// The namespace of the products' ids. It never changes: an id stands in
// prescriptions for ever.
const NAMESPACE = "6f0b9a52-3c1e-5d47-8a64-0d3f5b7c9e21";

// uuid5 is the name-based id of RFC 9562, section 5.5.
function uuid5(name) {
  const space = Buffer.from(NAMESPACE.replaceAll("-", ""), "hex");
  const hash = createHash("sha1").update(space).update(name, "utf8").digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function product(text, substance) {
  const [form, route, concentrations, atc] = text.split(" : ").map((part) => part.trim());
  if (!concentrations) throw new Error(`product without concentration: ${text}`);
  return concentrations.split(", ").map((given) => {
    const [concentration, fraction = substance.fraction] = given.split("=");
    const id = uuid5([substance.generic, form, concentration, route].join("|"));
    return [substance.generic, form, concentration, route, atc ?? substance.atc, substance.antibiotic, fraction, id];
  });
}

function substance(line) {
  const [generic, atc, kind, fraction, products] = line.split("|").map((part) => part.trim());
  if (!products || !/^(I|II|III|IV|V|VI)$/.test(fraction)) throw new Error(`cannot read: ${line}`);
  const common = { generic, atc, antibiotic: kind === "A" ? "true" : "false", fraction };
  return products.split(" ; ").flatMap((text) => product(text, common));
}

export async function build(output) {
  const lines = (await readFile(SOURCE, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const rows = lines.flatMap(substance);
  const header = ["generic_name", "form", "concentration", "route", "atc", "antibiotic", "fraction", "id"];
  await writeTSV(output, header, rows);
}
