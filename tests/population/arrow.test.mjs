// Population files against Apache Arrow's own library: it reads what we write, and we what it writes.
// The same people are drawn as Arrow and as CSV, so that every value that the library reads is held against one that it did not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as arrow from "apache-arrow";

const home = process.env.KOSHI_HOME ?? join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const bin = process.env.KOSHI_BIN ?? join(home, "build/release/src/koshi");
const folder = mkdtempSync(join(tmpdir(), "koshi-population-"));
const koshi = (...args) => execFileSync(bin, args, { env: { ...process.env, KOSHI_HOME: home }, encoding: "utf8", stdio: "pipe" });

before(() => {
  for (const format of ["arrow", "csv"]) {
    koshi("population", "synthesise", "--model", join(home, "population/kz-2025"), "--persons", "3000", "--seed", "5", "--format", format,
      "--out", join(folder, format));
  }
});
after(() => rmSync(folder, { recursive: true }));

/** Fields without quotes: none of our codes, dates and numbers needs them. */
function readCsv(name) {
  const [header, ...rows] = readFileSync(join(folder, "csv", name), "utf8").trimEnd().split("\n").map((line) => line.split(","));
  return { header, rows };
}

function written(field, value) {
  if (value === null || value === undefined) return "";
  if (field.metadata.get("koshi:unit") === "tiyn") return String(Number(value) / 100);
  if (arrow.DataType.isDate(field.type)) return new Date(Number(value)).toISOString().slice(0, 10);
  if (arrow.DataType.isList(field.type) || field.type.typeId === arrow.Type.LargeList) return [...value].join(" ");
  return String(value);
}

for (const [entity, rows] of [["person", 3000], ["job", undefined]]) {
  test(`the library reads every value of ${entity}.arrow`, () => {
    const table = arrow.tableFromIPC(readFileSync(join(folder, "arrow", `${entity}.arrow`)));
    const csv = readCsv(`${entity}.csv`);
    assert.equal(table.schema.metadata.get("koshi:entity"), entity);
    assert.equal(table.numRows, rows ?? csv.rows.length);
    assert.equal(table.numRows, csv.rows.length);
    assert.deepEqual(table.schema.fields.map((field) => field.name), csv.header);
    for (const [i, field] of table.schema.fields.entries()) {
      const column = table.getChildAt(i);
      for (let row = 0; row < table.numRows; ++row) {
        const value = field.name === "person" || field.name === "employer" ? String(column.get(row)) : written(field, column.get(row));
        assert.equal(value, csv.rows[row][i], `${field.name}, row ${row}`);
      }
    }
  });
}

test("both formats describe alike", () => {
  assert.equal(koshi("population", "describe", join(folder, "arrow")), koshi("population", "describe", join(folder, "csv")));
});

test("what the library writes is read", () => {
  const table = new arrow.Table({
    nationality: arrow.vectorFromArray(["UZ", "KZ", "UZ"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16())),
    works: arrow.vectorFromArray([true, null, false], new arrow.Bool()),
    arrived: arrow.vectorFromArray([new Date("2025-03-01"), new Date("2025-03-02"), new Date("2025-03-03")], new arrow.DateDay()),
    registered: arrow.vectorFromArray([new Date("2025-03-04"), null, new Date("2025-03-05")], new arrow.DateMillisecond()),
    experience_years: arrow.vectorFromArray([3, 255, 4], new arrow.Uint8()),
    sex: arrow.vectorFromArray(["male", "female", "male"], new arrow.Utf8()),
    weight: arrow.vectorFromArray([1.5, 2.5, 3.5], new arrow.Float64()),
  });
  const file = join(folder, "person.arrow");
  writeFileSync(file, arrow.tableToIPC(table, "file"));
  const lines = koshi("population", "describe", file).split("\n").map((line) => line.replace(/ +/g, " ").trim());
  assert.equal(lines[0], "person: 3 rows");
  assert.ok(lines.includes("nationality country unknown 0 none 0 UZ 2, KZ 1"), lines.join("\n"));
  assert.ok(lines.includes("works yes/no unknown 1 none 0 no 1, yes 1"), lines.join("\n"));
  assert.ok(lines.includes("arrived date unknown 0 none 0 2025-03-01 to 2025-03-03"), lines.join("\n"));
  assert.ok(lines.includes("registered date or none unknown 0 none 1 2025-03-04 to 2025-03-05"), lines.join("\n"));
  assert.ok(lines.includes("experience_years whole number unknown 0 none 0 3 to 255") || lines.some((line) => /^experience_years .* 3 to 255$/.test(line)), lines.join("\n"));
  assert.ok(lines.includes("sex sex unknown 0 none 0 male 2, female 1"), lines.join("\n"));
  assert.ok(lines.includes("not read: person.arrow: weight"), lines.join("\n"));
});

test("floating point is refused, with all other problems", () => {
  const table = new arrow.Table({
    experience_years: arrow.vectorFromArray([1.5], new arrow.Float64()),
    nationality: arrow.vectorFromArray(["Atlantis"], new arrow.Utf8()),
  });
  const file = join(folder, "person.feather");
  writeFileSync(file, arrow.tableToIPC(table, "file"));
  assert.throws(() => koshi("population", "describe", file), (error) => {
    assert.equal(error.status, 2);
    assert.match(error.stderr, /column `experience_years` has Arrow's FloatingPoint, but the fact is of type whole/);
    assert.match(error.stderr, /column `nationality` has in row 0 "Atlantis"/);
    return true;
  });
});
