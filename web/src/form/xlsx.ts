// The first sheet of an XLSX file as rows of texts. The file is a ZIP archive of XML texts; the browser inflates and parses them itself, and
// nothing of it leaves the machine before the form is sent. Dates come as numbers of days since 1899-12-30 and are told by their style.

const fileMaxBytes = 5 * 1024 * 1024;
const sheetMaxBytes = 30 * 1024 * 1024;

interface Entry {
  method: number;
  from: number;
  packed: number;
  size: number;
}

/** Central directory of a ZIP archive (APPNOTE 4.3.12): name → where its bytes stand. */
function entriesOf(view: DataView, bytes: Uint8Array): Map<string, Entry> {
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
  if (end < 0) throw new Error('not a ZIP archive');
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; --left) {
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    entries.set(name, { method: view.getUint16(at + 10, true), from, packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true) });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function textOf(bytes: Uint8Array<ArrayBuffer>, entry: Entry | undefined): Promise<Document | null> {
  if (entry === undefined) return null;
  if (entry.size > sheetMaxBytes) throw new Error('the sheet is too large');
  const packed = bytes.subarray(entry.from, entry.from + entry.packed);
  const stream = new Blob([packed]).stream();
  const text = await new Response(entry.method === 0 ? stream : stream.pipeThrough(new DecompressionStream('deflate-raw'))).text();
  return new DOMParser().parseFromString(text, 'application/xml');
}

/** "BC12" → 54 */
function columnOf(reference: string): number {
  let column = 0;
  for (const c of reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + c.charCodeAt(0) - 64;
  }
  return column - 1;
}

/** Which cell styles show a date: formats 14 to 22 and those of the file that spell years or days. */
function dateStyles(styles: Document | null): Set<number> {
  const own = new Set<string>();
  for (const format of styles?.getElementsByTagName('numFmt') ?? []) {
    const code = (format.getAttribute('formatCode') ?? '').replace(/"[^"]*"|\[[^\]]*\]/g, '');
    if (/[ydд]/i.test(code)) own.add(format.getAttribute('numFmtId') ?? '');
  }
  const dates = new Set<number>();
  const formats = styles?.getElementsByTagName('cellXfs')[0]?.getElementsByTagName('xf') ?? [];
  [...formats].forEach((format, index) => {
    const id = format.getAttribute('numFmtId') ?? '0';
    if ((Number(id) >= 14 && Number(id) <= 22) || own.has(id)) dates.add(index);
  });
  return dates;
}

function dayOf(serial: number): string {
  return new Date(Math.round((serial - 25569) * 86_400_000)).toISOString().slice(0, 10);
}

const textsIn = (node: Element) => [...node.getElementsByTagName('t')].map((one) => one.textContent ?? '').join('');

/** Errors: anything that is no such file. */
export async function rowsOfXlsx(file: Blob): Promise<string[][]> {
  if (file.size > fileMaxBytes) throw new Error('the file is too large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const entries = entriesOf(new DataView(bytes.buffer), bytes);
  const sheetName = [...entries.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort()[0];
  const sheet = await textOf(bytes, entries.get(sheetName ?? ''));
  if (sheet === null) throw new Error('no sheet');
  const shared = [...((await textOf(bytes, entries.get('xl/sharedStrings.xml')))?.getElementsByTagName('si') ?? [])].map(textsIn);
  const dates = dateStyles(await textOf(bytes, entries.get('xl/styles.xml')));
  return [...sheet.getElementsByTagName('row')].map((row) => {
    const cells: string[] = [];
    for (const cell of row.getElementsByTagName('c')) {
      const raw = cell.getElementsByTagName('v')[0]?.textContent ?? '';
      const type = cell.getAttribute('t');
      const isDate = dates.has(Number(cell.getAttribute('s') ?? -1)) && raw !== '';
      const text = type === 's' ? (shared[Number(raw)] ?? '') : type === 'inlineStr' ? textsIn(cell) : isDate ? dayOf(Number(raw)) : raw;
      cells[columnOf(cell.getAttribute('r') ?? '')] = text.trim();
    }
    return Array.from(cells, (cell) => cell ?? '');
  }).filter((cells) => cells.some((cell) => cell !== ''));
}
