/** The numbers behind a picture: what its table shows and its CSV holds. */
export type Cell = string | number | { text: string | number; href: string };

export interface Column {
  label: string;
  isNumber?: boolean;
}

export interface Table {
  columns: Column[];
  rows: Cell[][];
}

export function cellText(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.text : cell;
}

/** A spreadsheet must not take a name for a formula. */
function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function field(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : guarded(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a byte order mark, by which spreadsheets know that it is UTF-8. */
export function csv(table: Table): string {
  const lines = [table.columns.map((column) => field(column.label)), ...table.rows.map((row) => row.map((cell) => field(cellText(cell))))];
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/** Hands the browser a file that was made here. */
export function download(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
