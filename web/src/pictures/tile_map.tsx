/** The regions as equal tiles: how full each one's quota is. The number stands in the tile, so colour is only a help. */
import type { JSX } from 'preact';
import { fitted, Picture } from './frame';
import { percentOf, say, type Language, type Say } from './say';
import { tileColumns, tileRows, tiles, type Tile } from './tiles';
import { wordsOf, type Extreme } from './words';

export interface RegionValue {
  iso: string;
  name: string;
  /** Places used or held. */
  used: number;
  limit: number;
  href?: string;
}

export interface TileMapProps {
  language: Language;
  regions: RegionValue[];
  /** The region that is looked at. */
  chosen?: string;
  file?: string;
}

const gap = 4;

/** 0 to 4: under 20, 40, 60, 80 of 100, and above. */
export function shade(percent: number): number {
  return Math.min(4, Math.max(0, Math.floor(percent / 20)));
}

function heightFor(width: number): number {
  return tileRows * (tileSize(width) + gap);
}

function tileSize(width: number): number {
  return Math.min(92, (width - gap * (tileColumns - 1)) / tileColumns);
}

function drawTile(tile: Tile, region: RegionValue | undefined, chosen: boolean, speak: Say, width: number): JSX.Element {
  const size = tileSize(width);
  const x = tile.col * (size + gap);
  const y = tile.row * (size + gap);
  const has = region !== undefined && region.limit > 0;
  const deep = has ? shade(percentOf(region.used, region.limit)) : -1;
  const name = speak.language === 'kk' ? tile.kk : shortName(region?.name ?? tile.code);
  const short = size < 64 ? tile.code : fitted(name, size - 8, 12);
  const body = (
    <>
      <rect x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx={4} class={has ? `p-shade-${deep}` : 'p-none'} />
      {chosen && <rect x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx={4} class="p-chosen" />}
      <text x={x + size / 2} y={y + size * 0.4} text-anchor="middle" class={`p-tile p-on-${deep}`}>{short}</text>
      <text x={x + size / 2} y={y + size * 0.72} text-anchor="middle" class={`p-tile p-strong p-on-${deep}`}>
        {has ? speak.percent(region.used, region.limit) : '–'}
      </text>
    </>
  );
  if (!region?.href) return <g key={tile.iso}>{body}</g>;
  const label = `${region.name}: ${has ? speak.percent(region.used, region.limit) : wordsOf(speak.language).tiles.nothing}`;
  return <a key={tile.iso} href={region.href} aria-label={label} aria-current={chosen ? 'true' : undefined}>{body}</a>;
}

function Scale({ label }: { label: string }): JSX.Element {
  return (
    <p class="picture-scale">
      <span>{label}</span>
      <svg width="150" height="16" aria-hidden="true">
        {[0, 1, 2, 3, 4].map((deep) => <rect key={deep} x={deep * 30} y={1} width={28} height={14} rx={2} class={`p-shade-${deep}`} />)}
      </svg>
      <span>0–100 %</span>
    </p>
  );
}

/** The fullest and the emptiest; only one where both are as full. */
export function extremes(regions: RegionValue[]): { most?: Extreme; least?: Extreme } {
  const filled = regions.filter((one) => one.limit > 0).map(({ name, used, limit }) => ({ name, used, limit }));
  const [most, ...others] = filled.sort((a, b) => b.used * a.limit - a.used * b.limit);
  const least = others[others.length - 1];
  const differ = most && least && percentOf(most.used, most.limit) > percentOf(least.used, least.limit);
  return { ...(most ? { most } : {}), ...(differ ? { least } : {}) };
}

/** A tile is small: what every region is called besides is left out. */
export function shortName(name: string): string {
  return name.replace(/\s*\([^)]*\)/gu, '').replace(/\s+(Region|область|облысы|қаласы)$/u, '').replace(/^(город|г\.|область)\s+/u, '');
}

export function TileMap({ language, regions, chosen, file = 'regions' }: TileMapProps): JSX.Element {
  const words = wordsOf(language).tiles;
  const speak = say(language);
  const filled = regions.filter((one) => one.limit > 0);
  const byIso = new Map(regions.map((one) => [one.iso, one]));
  const sentence = filled.length === 0 ? words.empty : words.sentence(speak, { regions: filled.length, ...extremes(regions) });
  return (
    <Picture
      language={language} name={words.name} sentence={sentence} file={file} hasLinks={regions.some((one) => one.href !== undefined)}
      height={heightFor} legend={<Scale label={words.scale} />}
      table={{
        columns: [
          { label: words.region }, { label: wordsOf(language).quota.limit, isNumber: true }, { label: words.value, isNumber: true }, { label: words.share, isNumber: true },
        ],
        rows: regions.map((one) => [
          one.href ? { text: one.name, href: one.href } : one.name, one.limit, one.used, one.limit > 0 ? speak.percent(one.used, one.limit) : words.nothing,
        ]),
      }}
      draw={(width) => tiles.map((tile) => drawTile(tile, byIso.get(tile.iso), tile.iso === chosen, speak, width))}
    />
  );
}
