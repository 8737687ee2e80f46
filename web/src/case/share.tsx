import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';
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
async function mayHire(facts: Facts, on: string): Promise<number | undefined> {
  const met = async (more: number) => ask('permit.local_share_met', { ...facts, headcount: String(more) }, on);
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

/** The share of citizens among the staff of the category's level, and how many more foreigners it leaves room for. */
export default function Share({ values, on }: { values: Values; on: string }) {
  const level = values.single['employer.citizens_upper'] ? 'upper' : 'lower';
  const local = Number(values.single[`employer.citizens_${level}`]);
  const foreign = Number(values.single[`employer.foreigners_${level}`] || 0);
  const [told, setTold] = useState<{ least: number; more?: number } | null>(null);
  const key = [level, local, foreign, values.single['category'], values.single['employer.kind'], on].join(' ');
  useEffect(() => {
    let current = true;
    const facts: Facts = { transfer: values.single['transfer'] === 'yes' };
    for (const path of ['category', 'sector', 'employer.kind', 'employer.headcount', `employer.citizens_${level}`, `employer.foreigners_${level}`]) {
      const text = values.single[path];
      if (text) facts[path] = text;
    }
    void (async () => {
      const least = Number(await ask('permit.least_local_share', facts, on));
      if (!Number.isFinite(least)) return setTold(null);
      const more = await mayHire(facts, on);
      if (current) setTold({ least: least <= 1 ? least * 100 : least, more });
    })();
    return () => {
      current = false;
    };
  }, [key]);
  if (told === null || !Number.isFinite(local)) return null;
  return <ShareGauge language={language.value} local={local} foreign={foreign} least={told.least} mayHire={told.more} />;
}
