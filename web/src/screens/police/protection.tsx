// Before somebody is removed: does the person show a sign of forced labour or trafficking? The signs, and whether a referral is due, are the
// law's; the act comes into reach only when the answer is no, or the referral has been made.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome, type Problem } from '../../api/problem';
import { Cites } from '../../parts/cites';
import { Loaded, ProblemBox } from '../../parts/loaded';
import { language } from '../../words/words';
import type { Removal } from './removal';
import { say } from './words';
import './police.css';

const norm = 'person.referral_required';

type Norm = Schemas['Norms'][number];
type Answer = Schemas['Answer'];

/** What the case already says of the person counts too. */
function knownOf(facts: Schemas['Case']['facts'], way: string): Record<string, unknown> {
  return Object.fromEntries(facts.filter((one) => one.path.startsWith(way)).map((one) => [one.path.slice(way.length), JSON.parse(one.json)]));
}

async function load() {
  const norms = await outcome(api.GET('/api/v1/norms'));
  if (!norms.ok) return norms;
  return { ...norms, data: norms.data.find((one) => one.norm === norm) };
}

function Signs({ told, seen, toggle }: { told: Norm; seen: ReadonlySet<string>; toggle: (fact: string) => void }) {
  const signs = told.facts.filter((one) => one.type === 'yes/no' || one.type === 'yes_no');
  return (
    <fieldset class="signs">
      <legend>{say('protect.signs')}</legend>
      {signs.map((one) => (
        <label key={one.fact} class="sign"><input type="checkbox" class="ds-input" checked={seen.has(one.fact)} onChange={() => toggle(one.fact)} /> {one.label}</label>
      ))}
    </fieldset>
  );
}

function Referral({ told, answer, passed, pass }: { told: Norm; answer: Answer; passed: boolean; pass: (passed: boolean) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [answer]);
  const needed = answer.outcome !== 'value' || answer.value === true;
  const by = answer.rules.flatMap((rule) => rule.by).map((cite) => ({ text: `${cite.act} ${cite.place}`, act: cite.act, confidence: cite.confidence }));
  return (
    <div class="big-verdict" data-verdict={needed ? 'not_valid' : 'valid'} tabIndex={-1} ref={box} role="status">
      <h3><span aria-hidden="true">{needed ? '!' : '✓'}</span> {say(needed ? 'protect.refer' : 'protect.clear')}</h3>
      {needed && (
        <>
          {told.help && <p>{told.help}</p>}
          <ol class="protect-steps">
            <li>{say('protect.step_alone')}</li>
            <li>{say('protect.step_call')}</li>
            <li>{say('protect.step_centre')}</li>
            <li>{say('protect.step_stop')}</li>
          </ol>
          <label class="sign">
            <input type="checkbox" class="ds-input" checked={passed} onChange={(event) => pass(event.currentTarget.checked)} />
            {' '}
            {say('protect.done')}
          </label>
        </>
      )}
      <p class="small"><Cites by={by} /></p>
    </div>
  );
}

function Gate({ told, removal, item, children }: { told: Norm; removal: Removal; item: Schemas['Case']; children: ComponentChildren }) {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<Problem>();
  const [referred, setReferred] = useState(false);
  const toggle = (fact: string) => {
    const next = new Set(seen);
    if (!next.delete(fact)) next.add(fact);
    setSeen(next);
    setAnswer(undefined);
    setReferred(false);
  };
  async function ask() {
    const own = Object.fromEntries(told.facts.filter((one) => seen.has(one.fact)).map((one) => [one.fact, true]));
    const known = Object.fromEntries(Object.entries(knownOf(item.facts, removal.person)).filter(([path]) => told.facts.some((one) => one.fact === path)));
    const body = { norm, facts: { ...known, ...own } as never, lang: language.value };
    const found = await outcome(api.POST('/api/v1/ask', { body }));
    setAnswer(found.ok ? found.data : undefined);
    setProblem(found.ok ? undefined : found.problem);
    if (!found.ok) return;
    // The question itself stands in the journal with the case; which signs were seen does not.
    await outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: item.id }, query: { purpose: say('protect.purpose') } } }));
  }
  const open = answer?.outcome === 'value' && answer.value === false ? true : answer !== undefined && referred;
  return (
    <>
      <section class="protect" aria-labelledby="protect">
        <h2 id="protect">{say('protect.title')}</h2>
        <p>{say('protect.lead')}</p>
        <Signs told={told} seen={seen} toggle={toggle} />
        <label class="sign sign--asked">
          <input type="checkbox" class="ds-input" checked={asked} onChange={(event) => setAsked(event.currentTarget.checked)} />
          {' '}
          {say('protect.spoke')}
        </label>
        <p>
          <button type="button" class="ds-button" data-variant="secondary" disabled={!asked} onClick={() => void ask()}>
            {say('protect.ask')}
          </button>
        </p>
        {problem && <ProblemBox problem={problem} />}
        {answer && <Referral told={told} answer={answer} passed={referred} pass={setReferred} />}
      </section>
      {open ? children : <p class="quiet">{say('protect.locked')}</p>}
    </>
  );
}

/** Shows its children, the form of the act, only after the question. */
export default function Protection({ removal, item, children }: { removal: Removal; item: Schemas['Case']; children: ComponentChildren }) {
  const found = useData(load, []);
  return <Loaded of={found}>{(told) => told ? <Gate told={told} removal={removal} item={item}>{children}</Gate> : <p>{say('protect.no_norm')}</p>}</Loaded>;
}
