// Opens a workbook in SheetJS, types into it and saves it, as a script of a municipality would.
//
// node sheetjs.cjs SOURCE TARGET < [[sheet, cell, value], …]: a value is a text, or {"day": n}
// with a day number. All that the library can read and write is asked for.
"use strict";

const fs = require("node:fs");
const XLSX = require("xlsx");

const [source, target] = process.argv.slice(2);
const typed = JSON.parse(fs.readFileSync(0, "utf-8"));
const book = XLSX.readFile(source, {
  bookVBA: true,
  cellDates: false,
  cellFormula: true,
  cellNF: true,
  cellStyles: true,
  sheetStubs: true,
});
for (const [sheet, cell, value] of typed) {
  const place = (book.Sheets[sheet][cell] ??= {});
  if (typeof value === "string") Object.assign(place, { t: "s", v: value });
  else Object.assign(place, { t: "n", v: value.day, z: "dd-mm-yyyy" });
  for (const stale of ["w", "r", "h", "f"]) delete place[stale];
}
XLSX.writeFile(book, target, { cellStyles: true, compression: true });
