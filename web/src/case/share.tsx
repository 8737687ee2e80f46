import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';
import { lawScreen, type LawScreen } from '../api/law_screen';
import { outcome } from '../api/problem';
import type { Values } from '../form/values';
import { ShareGauge } from '../pictures';
import { language } from '../words/words';

/** Nobody hires more at once than this; where the law allows as many, that is what is told. */
const hireMax = 512;

type Facts = Record<string, unknown>;

async function ask(norm: string, facts: Facts, on: string): Promise<unknown> {
  const answer = await outcome(api.POST('/api/v1/ask', { body: { norm, on, facts: facts as Record<string, never> } }));
  return answer.ok && answer.data.outcome === 'value' ? (answer.data as { value?: unknown }).value : undefined;
}

/** For how many foreigners at once the share leaves room: the law is asked, doubling and halving, and never computed here. */
async function mayHire(screen: LawScreen, facts: Facts, on: string): Promise<number | undefined> {
  const met = async (more: number) => ask(screen.norm('met'), { ...facts, [screen.fact('more')]: String(more) }, on);
  const first = await met(1);
  // What the law does not answer is not told as "nobody".
  if (typeof first !== 'boolean') return undefined;
  if (!first) return 0;
  let fits = 1;
  let step = 2;
  while (step <= hireMax && (await met(step)) === true) {
    fits = step;
    step *= 2;
  }
  for (let over = step; over - fits > 1; ) {
    const middle = Math.floor((fits + over) / 2);
    if ((await met(middle)) === true) fits = middle;
    else over = middle;
  }
  return fits;
}

export type Level = 'upper' | 'lower';

/** The level of staff that an application tells of: its local people are the first of the two facts. */
export function levelOf(screen: LawScreen, values: Values): Level | undefined {
  return (['upper', 'lower'] as const).find((level) => values.single[screen.fact(level)]);
}

/** What the application says that the share depends on. */
function factsOf(screen: LawScreen, values: Values, level: Level): Facts {
  const facts: Facts = Object.fromEntries(screen.facts('flags').map((path) => [path, values.single[path] === 'yes']));
  for (const path of [...screen.facts('asked'), ...screen.facts(level)]) {
    const text = values.single[path];
    if (text) facts[path] = text;
  }
  return facts;
}

interface Told {
  local: number;
  foreign: number;
  least: number;
  more?: number | undefined;
}

async function tell(values: Values, on: string): Promise<Told | null> {
  const found = await lawScreen('share');
  const level = found.ok ? levelOf(found.data, values) : undefined;
  if (!found.ok || level === undefined) return null;
  const [local = 0, foreign = 0] = found.data.facts(level).map((path) => Number(values.single[path] || 0));
  const facts = factsOf(found.data, values, level);
  const least = Number(await ask(found.data.norm('least'), facts, on));
  if (!Number.isFinite(least) || !Number.isFinite(local)) return null;
  return { local, foreign, least: least <= 1 ? least * 100 : least, more: await mayHire(found.data, facts, on) };
}

/** The share of citizens among the staff of the category's level, and how many more foreigners it leaves room for: not beside an application
 * that would have to be refused. */
export default function Share({ values, on, refused = false }: { values: Values; on: string; refused?: boolean }) {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    let current = true;
    void tell(values, on).then((found) => current && setTold(found));
    return () => {
      current = false;
    };
  }, [JSON.stringify(values.single), on]);
  if (told === null) return null;
  return <ShareGauge language={language.value} local={told.local} foreign={told.foreign} least={told.least} mayHire={refused ? undefined : told.more} />;
}
