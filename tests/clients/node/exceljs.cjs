// Opens a workbook in ExcelJS, types into it and saves it, as a web application would.
//
// node exceljs.cjs SOURCE TARGET < [[sheet, cell, value], …]: a value is a text, or {"day": n}
// with a day number.
"use strict";

const fs = require("node:fs");
const ExcelJS = require("exceljs");

async function main([source, target]) {
  const typed = JSON.parse(fs.readFileSync(0, "utf-8"));
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(source);
  for (const [sheet, cell, value] of typed) {
    const day = typeof value === "string" ? null : new Date(Date.UTC(1899, 11, 30 + value.day));
    book.getWorksheet(sheet).getCell(cell).value = day ?? value;
  }
  await book.xlsx.writeFile(target);
}

main(process.argv.slice(2));
