// Works out a workbook in HyperFormula, which knows no files: SheetJS hands it the cells.
//
// node hyperformula.cjs FILE.xlsx: every value as JSON, {sheet: [[row, column, value], …]}, both
// counted from 1; a value is a text, a number, a boolean or {"error": "#N/A"}.
"use strict";

const XLSX = require("xlsx");
const { DetailedCellError, HyperFormula } = require("hyperformula");

// What its documentation advises for a likeness to Excel, in an English locale as files are.
const CONFIG = {
  licenseKey: "gpl-v3",
  localeLang: "en-US",
  evaluateNullToZero: true,
  smartRounding: false, // which keeps ten digits
  leapYear1900: true,
  nullDate: { year: 1899, month: 12, day: 31 },
  useWildcards: true,
  useRegularExpressions: false,
  matchWholeCell: true,
  caseSensitive: false,
  accentSensitive: true,
  useArrayArithmetic: false,
};

// It knows TRUE and FALSE as functions only, and no prefix before functions that are younger than
// the file format. What stands between quotes stays as it is.
function spelled(formula) {
  return formula.replace(/"(?:[^"]|"")*"|_xlfn\.|\b(TRUE|FALSE)\b(?!\()/g, (found, constant) =>
    found === "_xlfn." ? "" : constant ? `${constant}()` : found,
  );
}

// An apostrophe keeps a text a text: "=1+1", "TRUE" and "31-12-2025" are none of the other things.
function content(cell) {
  if (!cell) return null;
  if (cell.f !== undefined) return "=" + spelled(cell.f);
  if (cell.t === "n" || cell.t === "b") return cell.v;
  if (cell.t === "e") return "=" + cell.w;
  return cell.v === undefined ? null : "'" + cell.v;
}

function shown(value) {
  return value instanceof DetailedCellError ? { error: value.value } : value;
}

const book = XLSX.readFile(process.argv[2], { dense: true, cellHTML: false, cellText: true });
const sheets = {};
for (const name of book.SheetNames) {
  const rows = book.Sheets[name]["!data"] ?? book.Sheets[name];
  sheets[name] = Array.from(rows, (row) => Array.from(row ?? [], content));
}
const engine = HyperFormula.buildFromSheets(sheets, CONFIG);
const found = {};
for (const name of book.SheetNames) {
  const values = engine.getSheetValues(engine.getSheetId(name));
  found[name] = values.flatMap((row, r) =>
    row.flatMap((value, c) => (value === null ? [] : [[r + 1, c + 1, shown(value)]])),
  );
}
process.stdout.write(JSON.stringify(found));
