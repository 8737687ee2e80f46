// The days of a visa-free stay: what the law leaves today, and what it would leave after a journey that is only tried out. Nothing is kept.
import { askOffice } from '../../session/office';
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Cites } from '../../parts/cites';
import { Loaded, ProblemBox } from '../../parts/loaded';
import { StayStrip, type Stay } from '../../pictures/stay_strip';
import { language } from '../../words/words';
import { Choice } from '../public/choice';
import { say } from './words';
import './police.css';

const mostStays = 20;

interface Typed {
  from: string;
  until: string;
}
const empty: Typed = { from: '', until: '' };

export function staysOf(typed: readonly Typed[]): Stay[] {
  return typed.filter((one) => one.from !== '' && (one.until === '' || one.until >= one.from))
    .map((one) => (one.until === '' ? { from: one.from } : { from: one.from, until: one.until }));
}

/** The facts of the question, as the law calls them. While a later journey is tried out, whoever is here is taken to leave today. */
export function factsOf(screen: LawScreen, nationality: string, stays: readonly Stay[], whatIf: Stay | undefined, today: string) {
  const ofStay = (role: string) => screen.fact(role).split('.').at(-1) ?? '';
  const stay = (from: string, until: string | null) => ({ [ofStay('entered')]: from, [ofStay('left')]: until });
  const closed = stays.map((one) => stay(one.from, one.until ?? (whatIf && whatIf.from > today ? today : null)));
  const tried = whatIf ? [stay(whatIf.from, whatIf.until ?? null)] : [];
  const last = [...stays, ...(whatIf ? [whatIf] : [])].map((one) => one.from).sort().at(-1);
  return {
    ...screen.assumes, [screen.fact('nationality')]: nationality, ...(last ? { [screen.fact('arrived')]: last } : {}),
    [screen.fact('stays')]: [...closed, ...tried],
  };
}

function Dates({ label, value, change, remove }: { label: string; value: Typed; change: (value: Typed) => void; remove?: (() => void) | undefined }) {
  return (
    <fieldset class="dates">
      <legend>{label}</legend>
      <label>{say('days.entered')}<input type="date" class="ds-input" value={value.from} onInput={(event) => change({ ...value, from: event.currentTarget.value })} /></label>
      <label>{say('days.left')}<input type="date" class="ds-input" value={value.until} onInput={(event) => change({ ...value, until: event.currentTarget.value })} /></label>
      {remove && <button type="button" class="plain" onClick={remove}>{say('days.remove')}</button>}
    </fieldset>
  );
}

function Answer({ norm, facts, on, lead }: { norm: string; facts: ReturnType<typeof factsOf>; on: string; lead: string }) {
  const body = { norm, on, facts: facts as never, lang: language.value, words: true };
  const answer = useData(() => outcome(api.POST('/api/v1/ask', { body })), [JSON.stringify(facts), on]);
  if (answer.problem) return <ProblemBox problem={answer.problem} />;
  if (!answer.data) return null;
  const days = answer.data.outcome === 'value' ? Number(answer.data.value) : NaN;
  const cites = answer.data.rules.flatMap((rule) => rule.by);
  const tone = Number.isNaN(days) || answer.data.value === null ? 'open' : days === 0 ? 'over' : 'good';
  return (
    <div class="big-verdict" data-verdict={tone === 'good' ? 'valid' : tone === 'over' ? 'not_valid' : 'unknown'}>
      <p>{lead}</p>
      <p class="big-verdict__text">{answer.data.text}</p>
      <p class="small"><Cites by={cites.map(({ act, place, confidence }) => ({ text: `${act} ${place}`, act, confidence }))} /></p>
    </div>
  );
}

function Counter({ today, nationalities, screen }: { today: string; nationalities: { code: string; label: string }[]; screen: LawScreen }) {
  const norm = screen.norm('left');
  const [window] = screen.numbers('window');
  const [allowed] = screen.numbers('allowed');
  const frame = { ...(window ? { window } : {}), ...(allowed ? { allowed } : {}) };
  const [nationality, setNationality] = useState('UZ');
  const [typed, setTyped] = useState<Typed[]>([empty]);
  const [plan, setPlan] = useState<Typed>(empty);
  const stays = staysOf(typed);
  const whatIf = plan.until === '' ? undefined : staysOf([plan])[0];
  const put = (index: number, value: Typed) => setTyped(typed.map((one, at) => (at === index ? value : one)));
  return (
    <>
      <form class="look" onSubmit={(event) => event.preventDefault()}>
        <Choice label={say('days.nationality')} value={nationality} options={nationalities.map((one) => ({ value: one.code, label: one.label }))} onChange={setNationality} />
        {typed.map((one, index) => (
          <Dates key={index} label={say('days.stay', { n: index + 1 })} value={one} change={(value) => put(index, value)}
            remove={typed.length > 1 ? () => setTyped(typed.filter((_, at) => at !== index)) : undefined} />
        ))}
        {typed.length < mostStays && <p><button type="button" class="ds-button" data-variant="secondary" onClick={() => setTyped([...typed, empty])}>{say('days.add')}</button></p>}
        <Dates label={say('days.plan')} value={plan} change={setPlan} />
      </form>
      <div aria-live="polite">
        {stays.length > 0 && <Answer norm={norm} facts={factsOf(screen, nationality, stays, undefined, today)} on={today} lead={say('days.today')} />}
        {whatIf?.until && <Answer norm={norm} facts={factsOf(screen, nationality, stays, whatIf, today)} on={whatIf.until} lead={say('days.after')} />}
      </div>
      {stays.length > 0 && (
        <section class="section">
          <StayStrip language={language.value} today={today} stays={stays} {...(whatIf ? { whatIf } : {})} {...frame} />
        </section>
      )}
    </>
  );
}

/** The countries as the law has them, and the office's day. */
async function load() {
  const screen = await lawScreen('days');
  if (!screen.ok) return screen;
  const procedure = screen.data.procedure('countries');
  const [office, fields] = await Promise.all([
    askOffice(), outcome(api.GET('/api/v1/procedures/{procedure}/fields', { params: { path: { procedure } } })),
  ]);
  if (!office.ok) return office;
  if (!fields.ok) return fields;
  const field = fields.data.fields.find((one: Schemas['Field']) => one.fact === screen.data.fact('nationality'));
  return { ...office, data: { today: office.data.today, nationalities: fields.data.choices[field?.choices ?? ''] ?? [], screen: screen.data } };
}

export default function Days() {
  const found = useData(load, []);
  return (
    <Page title={say('days.title')} lead={say('days.lead')}>
      <Loaded of={found}>{(data) => <Counter {...data} />}</Loaded>
    </Page>
  );
}
