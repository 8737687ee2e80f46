import { describe, expect, it } from 'vitest';
import { binOf, counted } from './ageing';
import { filled, scaleOf, ticks, weekOf } from './burn_up';
import { firstToEnd, monthStarts } from './expiry_timeline';
import { fitted, wrapped } from './frame';
import { compared } from './needs';
import { axisOf, isInForce, yearTicks } from './norm_timeline';
import { partsOf, widths } from './quota_bar';
import { flattened, mostDepth, type RuleNode } from './rule_tree';
import { dayNumber, isoDay, percentOf, say, type Language } from './say';
import { onRing } from './share_gauge';
import { boxesOf } from './state_diagram';
import { edgesOf, layered, type StateOf } from './state_layout';
import { countStays, rowsFor } from './stay_strip';
import { csv } from './table';
import { extremes, shade, shortName } from './tile_map';
import { tileColumns, tileRows, tiles } from './tiles';
import { wordsOf } from './words';

const languages: Language[] = ['kk', 'ru', 'en'];

describe('numbers and days', () => {
  it('are written as each language writes them', () => {
    expect(say('en').number(1234567)).toBe('1,234,567');
    expect(say('ru').number(1234567)).toBe('1\u00a0234\u00a0567');
    expect(say('kk').number(-1000)).toBe('−1\u00a0000');
    expect(say('en').date('2026-03-05')).toBe('5 March 2026');
    expect(say('ru').date('2026-03-05')).toBe('5 марта 2026 г.');
    expect(say('kk').date('2026-03-05')).toBe('2026 жылғы 5 наурыз');
  });
  it('round a share down, so that a quota is never told fuller than it is', () => {
    expect(percentOf(999, 1000)).toBe(99);
    expect(percentOf(1, 0)).toBe(0);
    expect(say('en').percent(2, 3)).toBe('66%');
    expect(say('ru').percent(1, 1000)).toBe('<1\u00a0%');
    expect(say('en').percent(0, 1000)).toBe('0%');
  });
  it('choose the form that goes with the number', () => {
    const day = (n: number) => say('ru').plural(n, 'день', 'дня', 'дней');
    expect([1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 111, 0].map(day)).toEqual(
      ['день', 'дня', 'дня', 'дней', 'дней', 'дней', 'дней', 'день', 'дня', 'дней', 'дней', 'дней']);
    expect([0, 1, 2].map((n) => say('en').plural(n, 'day', 'days'))).toEqual(['days', 'day', 'days']);
  });
  it('count days without time zones, over leap years', () => {
    expect(dayNumber('2024-03-01') - dayNumber('2024-02-28')).toBe(2);
    expect(isoDay(dayNumber('2000-02-29'))).toBe('2000-02-29');
  });
});

describe('the table behind a picture', () => {
  it('is CSV that a spreadsheet reads and no formula comes into', () => {
    const text = csv({ columns: [{ label: 'A' }, { label: 'B "b"' }], rows: [['=1+1', 3], [{ text: 'x,y', href: '/a' }, -2]] });
    expect(text).toBe('\ufeffA,"B ""b"""\r\n\'=1+1,3\r\n"x,y",-2\r\n');
  });
});

describe('sentences', () => {
  it('stand in every language and differ', () => {
    const balance = { limit: 100, used: 40, held: 10, free: 50, reserve: 5 };
    const all = languages.map((language) => wordsOf(language).quota.sentence(say(language), balance));
    expect(new Set(all).size).toBe(3);
    for (const one of all) for (const n of ['100', '40', '10', '50', '5']) expect(one).toContain(n);
  });
  it('agree with their numbers', () => {
    const en = wordsOf('en');
    expect(en.quota.sentence(say('en'), { limit: 1, used: 1, held: 0, free: 0 })).toBe(
      'Of 1 place 1 is used, 0 are held for applications and 0 are free.');
    const ru = wordsOf('ru');
    expect(ru.expiry.sentence(say('ru'), { count: 2, soon: 1, past: 0 })).toContain('2 позиции');
    expect(ru.ageing.sentence(say('ru'), { all: 21, late: 1, soon: 0 })).toBe('Ожидает 21 дело: просрочено 1, решить за два дня нужно 0.');
  });
});

describe('the quota bar', () => {
  it('has a reserve only where there is one', () => {
    expect(partsOf({ limit: 3, used: 1, held: 1, free: 1 }).map((part) => part.key)).toEqual(['used', 'held', 'free']);
    expect(partsOf({ limit: 3, used: 1, held: 1, free: 1, reserve: 2 })).toHaveLength(4);
  });
  it('fills its width, and shows even one place of very many', () => {
    const wide = widths([100000, 1, 0], 300);
    expect(wide.reduce((sum, n) => sum + n, 0)).toBeCloseTo(300);
    expect(wide[1]).toBeGreaterThan(1.5);
    expect(wide[2]).toBe(0);
    expect(widths([0, 0], 300)).toEqual([0, 0]);
  });
});

describe('the gauge', () => {
  it('runs from left to right over the top', () => {
    expect(onRing(0, 100, 100, 50)[0]).toBeCloseTo(50);
    expect(onRing(50, 100, 100, 50)[1]).toBeCloseTo(50);
    expect(onRing(200, 100, 100, 50)[0]).toBeCloseTo(150);
  });
});

describe('the stay strip', () => {
  it('counts a day once, however many stays touch it', () => {
    const stays = [{ from: '2026-01-01', until: '2026-01-10' }, { from: '2026-01-05', until: '2026-01-12' }];
    expect(countStays('2026-02-01', stays, undefined, 180).used).toBe(12);
  });
  it('lets days fall out of the window', () => {
    expect(countStays('2026-07-01', [{ from: '2026-01-01', until: '2026-01-04' }], undefined, 180).used).toBe(2);
    expect(countStays('2026-07-03', [{ from: '2026-01-01', until: '2026-01-04' }], undefined, 180).used).toBe(0);
  });
  it('ends with a journey that is tried out, and counts its days apart', () => {
    const count = countStays('2026-01-10', [{ from: '2026-01-01' }], { from: '2026-02-01', until: '2026-02-05' }, 180);
    expect(count).toMatchObject({ used: 15, planned: 5 });
    expect(isoDay(count.first + 179)).toBe('2026-02-05');
  });
  it('takes more rows on a narrow screen', () => {
    expect(rowsFor(640, 180)).toBe(1);
    expect(rowsFor(280, 180)).toBe(3);
  });
});

describe('the tile map', () => {
  it('holds the twenty regions, no two in one place', () => {
    expect(new Set(tiles.map((tile) => tile.iso)).size).toBe(20);
    expect(new Set(tiles.map((tile) => `${tile.col} ${tile.row}`)).size).toBe(20);
    for (const tile of tiles) expect(tile.col < tileColumns && tile.row < tileRows).toBe(true);
  });
  it('shades in five steps and names the fullest and the emptiest', () => {
    expect([0, 19, 20, 79, 80, 100, 120].map(shade)).toEqual([0, 0, 1, 3, 4, 4, 4]);
    const regions = [{ iso: 'a', name: 'A', used: 1, limit: 2 }, { iso: 'b', name: 'B', used: 9, limit: 10 }, { iso: 'c', name: 'C', used: 0, limit: 0 }];
    expect(extremes(regions)).toEqual({ most: { name: 'B', used: 9, limit: 10 }, least: { name: 'A', used: 1, limit: 2 } });
    expect(extremes(regions.slice(0, 1))).toEqual({ most: { name: 'A', used: 1, limit: 2 } });
    expect(['Atyrau Region', 'Almaty (city)', 'Атырауская область', 'Астана'].map(shortName)).toEqual(['Atyrau', 'Almaty', 'Атырауская', 'Астана']);
    expect(extremes([])).toEqual({});
  });
});

describe('the burn-up', () => {
  it('counts weeks of the year', () => {
    expect([weekOf('2026-01-01', 2026), weekOf('2026-01-04', 2026), weekOf('2026-01-05', 2026), weekOf('2026-12-31', 2026)]).toEqual([1, 1, 2, 53]);
    expect([weekOf('2025-11-01', 2026), weekOf('2027-02-01', 2026)]).toEqual([1, 53]);
  });
  it('carries a week without postings on from the one before', () => {
    const week = (monday: string, committed: number) => ({ monday, committed, limit: 10, held: 0 });
    expect(filled([week('2025-12-01', 1), week('2026-01-12', 4)], 2026, 4).map((one) => one.used)).toEqual([1, 1, 4, 4]);
    expect(filled([], 2026, 2)).toEqual([{ used: 0, limit: 0 }, { used: 0, limit: 0 }]);
  });
  it('draws a small use of a great quota large, and says so', () => {
    const used = (n: number) => ({ now: [{ used: n, limit: 1000 }], before: [], limit: 1000 });
    expect(scaleOf(used(20))).toEqual({ most: 28, limitShown: false });
    expect(scaleOf(used(500))).toEqual({ most: 1000, limitShown: true });
  });
  it('has few round ticks', () => {
    expect(ticks(100)).toEqual([0, 50, 100]);
    expect(ticks(7)).toEqual([0, 2, 4, 6]);
    expect(ticks(1)).toEqual([0, 1]);
    for (const most of [3, 17, 240, 9999, 123456]) expect(ticks(most).length).toBeLessThanOrEqual(6);
  });
});

describe('the ageing of a queue', () => {
  it('sorts cases by the days that are left', () => {
    const bins = ['2026-03-01', '2026-03-02', '2026-03-04', '2026-03-07', '2026-03-12', '2026-03-13', undefined].map((due) => binOf('2026-03-02', due));
    expect(bins).toEqual(['late', 'today', 'two', 'five', 'ten', 'later', 'none']);
    expect(counted('2026-03-02', [undefined, '2026-03-02', '2026-03-02']).find((one) => one.bin === 'today')?.cases).toBe(2);
    expect(counted('2026-03-02', ['2026-03-02']).some((one) => one.bin === 'none')).toBe(false);
  });
});

describe('expiries', () => {
  it('come in the order of their days', () => {
    expect(firstToEnd([{ label: 'b', until: '2026-02-01' }, { label: 'a', until: '2026-02-01' }, { label: 'c', until: '2026-01-01' }]).map((one) => one.label))
      .toEqual(['c', 'a', 'b']);
    expect(monthStarts('2026-01-15', 365)).toHaveLength(12);
  });
});

describe('the norm timeline', () => {
  it('knows what is in force', () => {
    expect(isInForce({}, '2026-01-01')).toBe(true);
    expect(isInForce({ from: '2026-01-01', until: '2026-01-01' }, '2026-01-01')).toBe(true);
    expect(isInForce({ from: '2026-01-02' }, '2026-01-01')).toBe(false);
  });
  it('has an axis with a year of air, and readable ticks', () => {
    expect(axisOf([{ from: '2011-08-17' }], '2026-01-01')).toEqual({ first: 2010, last: 2027 });
    expect(yearTicks({ first: 2010, last: 2027 }, 8)).toEqual([2010, 2015, 2020, 2025]);
  });
});

describe('the rule tree', () => {
  it('reads from top to bottom, and no deeper than it says', () => {
    const node: RuleNode = { text: 'a', verdict: 'holds', children: [{ text: 'b', verdict: 'fails' }] };
    expect(flattened([node, { text: 'c', verdict: 'open' }]).map((one) => `${one.depth}${one.node.text}`)).toEqual(['0a', '1b', '0c']);
    let deep: RuleNode = { text: 'x', verdict: 'open' };
    for (let i = 0; i < 100; ++i) deep = { text: 'x', verdict: 'open', children: [deep] };
    expect(flattened([deep])).toHaveLength(mostDepth + 1);
  });
});

const states: StateOf[] = [
  { state: 'draft', label: 'Draft', final: false, actions: [{ label: 'Submit', to: 'sent' }, { label: 'Save', to: 'draft' }, { label: 'Discard', to: 'gone' }] },
  { state: 'sent', label: 'Sent', final: false, actions: [{ label: 'Grant', to: 'granted' }, { label: 'Send back', to: 'draft' }, { label: 'Also back', to: 'draft' }] },
  { state: 'granted', label: 'Granted', final: true, actions: [] },
  { state: 'gone', label: 'Gone', final: true, actions: [] },
  { state: 'island', label: 'Island', final: true, actions: [{ label: 'To nowhere', to: 'nowhere' }] },
];

describe('the state diagram', () => {
  it('ranks states by the acts that lead to them', () => {
    expect(layered(states).map((one) => `${one.rank}${one.place} ${one.state.state}`)).toEqual(['00 draft', '10 sent', '11 gone', '20 granted', '30 island']);
  });
  it('draws one way for each pair, with all its acts', () => {
    expect(edgesOf(states)).toEqual([
      { from: 'draft', to: 'sent', labels: ['Submit'] }, { from: 'draft', to: 'gone', labels: ['Discard'] },
      { from: 'sent', to: 'granted', labels: ['Grant'] }, { from: 'sent', to: 'draft', labels: ['Send back', 'Also back'] },
    ]);
  });
  it('becomes a list on a narrow screen, and stays within the width', () => {
    for (const width of [240, 320, 640, 1200]) {
      const { boxes, isList } = boxesOf(layered(states), width);
      expect(isList).toBe(width < 2 * 104 + 30);
      for (const box of boxes.values()) expect(box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
  });
});

describe('needs', () => {
  it('count what was not looked at again as unchanged', () => {
    expect(compared([{ label: 'a', before: 3, after: 1 }, { label: 'b', before: 1, after: 2 }, { label: 'c', before: 2 }])).toEqual({ better: 1, worse: 1, same: 1 });
  });
});

describe('lettering', () => {
  it('is cut between letters, and broken between words', () => {
    expect(fitted('Қарағанды облысы', 60)).toHaveLength([...fitted('Қарағанды облысы', 60)].length);
    expect(fitted('short', 200)).toBe('short');
    expect(fitted('a very long label', 50)).toMatch(/…$/);
    expect(wrapped('one two three', 400, 2)).toEqual(['one two three']);
    expect(wrapped('one two three four five six seven', 60, 2)).toHaveLength(2);
  });
});

