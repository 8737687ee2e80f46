/** The twenty regions as equal tiles (ISO 3166-2 codes); Kazakh names as short as a tile needs them. */
export interface Tile {
  iso: string;
  code: string;
  kk: string;
  col: number;
  row: number;
}

export const tiles: readonly Tile[] = [
  { iso: 'KZ-39', code: 'KOS', kk: 'Қостанай', col: 2, row: 0 },
  { iso: 'KZ-59', code: 'SQO', kk: 'Солтүстік', col: 3, row: 0 },
  { iso: 'KZ-55', code: 'PAV', kk: 'Павлодар', col: 4, row: 0 },
  { iso: 'KZ-27', code: 'BQO', kk: 'Батыс', col: 0, row: 1 },
  { iso: 'KZ-15', code: 'AQT', kk: 'Ақтөбе', col: 1, row: 1 },
  { iso: 'KZ-11', code: 'AQM', kk: 'Ақмола', col: 2, row: 1 },
  { iso: 'KZ-71', code: 'AST', kk: 'Астана', col: 3, row: 1 },
  { iso: 'KZ-10', code: 'ABA', kk: 'Абай', col: 4, row: 1 },
  { iso: 'KZ-63', code: 'SHQ', kk: 'Шығыс', col: 5, row: 1 },
  { iso: 'KZ-23', code: 'ATY', kk: 'Атырау', col: 0, row: 2 },
  { iso: 'KZ-62', code: 'ULY', kk: 'Ұлытау', col: 2, row: 2 },
  { iso: 'KZ-35', code: 'QAR', kk: 'Қарағанды', col: 3, row: 2 },
  { iso: 'KZ-33', code: 'ZHE', kk: 'Жетісу', col: 4, row: 2 },
  { iso: 'KZ-47', code: 'MAN', kk: 'Маңғыстау', col: 0, row: 3 },
  { iso: 'KZ-43', code: 'QYZ', kk: 'Қызылорда', col: 1, row: 3 },
  { iso: 'KZ-61', code: 'TUR', kk: 'Түркістан', col: 2, row: 3 },
  { iso: 'KZ-31', code: 'ZHA', kk: 'Жамбыл', col: 3, row: 3 },
  { iso: 'KZ-19', code: 'ALO', kk: 'Алматы обл.', col: 4, row: 3 },
  { iso: 'KZ-79', code: 'SHY', kk: 'Шымкент', col: 2, row: 4 },
  { iso: 'KZ-75', code: 'ALA', kk: 'Алматы қ.', col: 4, row: 4 },
];

export const tileColumns = 6;
export const tileRows = 5;
