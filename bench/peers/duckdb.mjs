// DuckDB behind a pipe: one JSON text a line in, a statement; one a line out, {"rows": [[text or null, …], …]} or {"error": "…"}.
//   node duckdb.mjs [threads]
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const threads = process.argv[2] ?? '2';
const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
await connection.run('SET max_expression_depth TO 10000'); // deeply nested rules: see docs/scale.md

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  try {
    const result = await connection.runAndReadAll(JSON.parse(line));
    const rows = result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    process.stdout.write(JSON.stringify({ rows }) + '\n');
  } catch (error) {
    process.stdout.write(JSON.stringify({ error: error.message }) + '\n');
  }
}
