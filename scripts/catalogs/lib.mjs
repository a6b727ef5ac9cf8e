// What the catalog builders share: reading and writing tab-separated files in
// one fixed form, and folding text to bare letters.
import { readFile, writeFile } from "node:fs/promises";

// readTSV gives the rows of a file without a header; blank lines and lines that
// begin with # are notes for the reader.
export async function readTSV(url) {
  const text = await readFile(url, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));
}

// writeTSV sorts by the bytes of the first column and ends every line with LF,
// so that the same input gives the same file on every machine.
export async function writeTSV(file, header, rows) {
  for (const row of rows) checkRow(row, header);
  const lines = rows.map((row) => row.join("\t")).sort(byBytes);
  await writeFile(file, [header.join("\t"), ...lines, ""].join("\n"));
}

function checkRow(row, header) {
  if (row.length !== header.length) throw new Error(`row with ${row.length} columns instead of ${header.length}: ${row.join(" | ")}`);
  for (const cell of row) {
    if (/[\t\n\r]|^ | $| {2}/.test(cell)) throw new Error(`untidy cell in: ${row.join(" | ")}`);
  }
}

function byBytes(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

// sameLetters folds accents and case; ñ stays a letter of its own, because año
// and ano are different words.
export function sameLetters(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/n\u0303/g, "ñ")
    .replace(/[\u0300-\u036f]/g, "");
}
