import { useEffect, useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client';
import { useData } from '../api/data';
import { lawScreen, type LawScreen } from '../api/law_screen';
import { outcome } from '../api/problem';
import type { Values } from '../form/values';
import { ShareGauge } from '../pictures';
import { speaker } from '../screens/own_words';
import { language } from '../words/words';

const en = {
  why: "The law asks for at least {least}% of local staff here, because of the answer: {label} – {chosen}.",
  others: "Which share holds otherwise",
  percent: "{n}%",
  unknown: "not known without further answers",
};
const ru: typeof en = {
  why: "Закон требует здесь не менее {least} % местных кадров, исходя из ответа: {label} – {chosen}.",
  others: "Какая доля действует в других случаях",
  percent: "{n} %",
  unknown: "без других ответов не известно",
};
const kk: typeof en = {
  why: "Заң мұнда жергілікті кадрлардың кемінде {least} %-ын талап етеді, негізі мына жауап: {label} – {chosen}.",
  others: "Басқа жағдайларда қандай үлес қолданылады",
  percent: "{n} %",
  unknown: "басқа жауаптарсыз белгісіз",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

/** Nobody hires more at once than this; where the law allows as many, that is what is told. */
const hireMax = 512;

type Facts = Record<string, unknown>;

async function answerOf(norm: string, facts: Facts, on: string): Promise<Schemas['Answer'] | undefined> {
  const answer = await outcome(api.POST('/api/v1/ask', { body: { norm, on, facts: facts as Record<string, never> } }));
  return answer.ok ? answer.data : undefined;
}

function valueOf(answer: Schemas['Answer'] | undefined): unknown {
  return answer?.outcome === 'value' ? answer.value : undefined;
}

async function ask(norm: string, facts: Facts, on: string): Promise<unknown> {
  return valueOf(await answerOf(norm, facts, on));
}

/** Where to ask first: for how many more the share would hold if it were nothing but a share of all. */
function guessOf(local: number, foreign: number, least: number): number {
  return least > 0 ? Math.min(hireMax, Math.max(0, Math.floor((local * 100) / least) - local - foreign)) : 0;
}

/** For how many foreigners at once the share leaves room: the law is asked, at the guess and one above, else doubling and halving; it is never
 * computed here. */
async function mayHire(screen: LawScreen, facts: Facts, on: string, guess: number): Promise<number | undefined> {
  const met = async (more: number) => ask(screen.norm('met'), { ...facts, [screen.fact('more')]: String(more) }, on);
  const [fitsGuess, fitsMore] = await Promise.all([guess > 0 ? met(guess) : true, met(guess + 1)]);
  if (fitsGuess === true && fitsMore === false) return guess;
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

/** The law's own question about the fact on which the share turned; its choices are those for which a share of their own may hold. */
async function turnsOn(screen: LawScreen, answer: Schemas['Answer'] | undefined, facts: Facts, on: string): Promise<Schemas['Need'] | undefined> {
  const read = (answer?.why?.children ?? []).filter((line) => line?.state === 'decides').flatMap((line) => line?.children ?? []);
  const path = screen.facts('asked').find((asked) => read.some((line) => [line?.record, line?.fact].filter(Boolean).join('.') === asked));
  if (path === undefined) return undefined;
  const { [path]: _, ...others } = facts;
  const open = await answerOf(screen.norm('least'), others, on);
  return open?.needs.find((need) => need.fact === path && need.choices);
}

interface Told {
  why?: { need: Schemas['Need']; norm: string; facts: Facts } | undefined;
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
  const answer = await answerOf(found.data.norm('least'), facts, on);
  const least = Number(valueOf(answer));
  if (!Number.isFinite(least) || !Number.isFinite(local)) return null;
  const [need, more] = await Promise.all([turnsOn(found.data, answer, facts, on), mayHire(found.data, facts, on, guessOf(local, foreign, percent(least)))]);
  return { local, foreign, least: percent(least), more, why: need && { need, norm: found.data.norm('least'), facts } };
}

const percent = (share: number): number => (share <= 1 ? Math.round(share * 100) : share);

/** The share of each choice, asked of the law when somebody wants to know. */
function Others({ need, norm, facts, on }: NonNullable<Told['why']> & { on: string }) {
  const shares = useData(async () => {
    const choices = need.choices ?? [];
    const values = await Promise.all(choices.map(({ code }) => ask(norm, { ...facts, [need.fact]: code }, on)));
    const rows = choices.map(({ code, label }, at) => ({ code, label, least: typeof values[at] === 'number' ? percent(values[at]) : undefined }));
    return { ok: true as const, data: rows, response: new Response() };
  }, [norm, need.fact, on, JSON.stringify(facts)]);
  return (
    <ul class="plain-list small">
      {(shares.data ?? []).map((row) => <li key={row.code}>{row.label}: {row.least === undefined ? say('unknown') : say('percent', { n: row.least })}</li>)}
    </ul>
  );
}

/** Why this share and no other. */
function Why({ least, why, on }: { least: number; why: NonNullable<Told['why']>; on: string }) {
  const [open, setOpen] = useState(false);
  const { need, facts } = why;
  const chosen = need.choices?.find((choice) => choice.code === facts[need.fact])?.label ?? '';
  return (
    <>
      <p class="small">{say('why', { least, label: need.label, chosen })}</p>
      <details class="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{say('others')}</summary>
        {open && <Others {...why} on={on} />}
      </details>
    </>
  );
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
  }, [JSON.stringify(values.single), on, language.value]);
  if (told === null) return null;
  return (
    <>
      <ShareGauge language={language.value} local={told.local} foreign={told.foreign} least={told.least} mayHire={refused ? undefined : told.more} />
      {told.why && <Why least={told.least} why={told.why} on={on} />}
    </>
  );
}
