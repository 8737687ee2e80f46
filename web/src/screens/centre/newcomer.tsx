// One newcomer: first the story, then what is needed, the plan, the course, to whom he or she was referred, and what came of it.
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { outcome, type Outcome } from '../../api/problem';
import { Actions } from '../../case/actions';
import { loadCase, type CaseData } from '../../case/case_data';
import { Page } from '../../frame/page';
import { Deadline } from '../../parts/deadline';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { Needs } from '../../pictures/needs';
import { formatDate, language } from '../../words/words';
import { factOf, knownOf } from './list';
import { greatest, needsOf } from './needs';
import { say } from './words';
import './centre.css';

type Story = Schemas['Story'];
interface Data {
  found: CaseData;
  story: Story;
  screen: LawScreen;
}

async function load(id: string): Promise<Outcome<Data>> {
  const [screen, found, story] = await Promise.all([
    lawScreen('newcomer'), loadCase(id), outcome(api.GET('/api/v1/cases/{case}/story', { params: { path: { case: id }, query: { purpose: say('story.purpose') } } })),
  ]);
  if (!screen.ok) return screen;
  if (!found.ok) return found;
  if (!story.ok) return story;
  return { ...found, data: { found: found.data, story: story.data, screen: screen.data } };
}

/** What happened on each day over all cases, the newest day first. */
export function daysOf(story: Story): { on: string; events: { what: string; who: string; of: Story['cases'][number] }[] }[] {
  const all = story.cases.flatMap((of) => of.events.map((event) => ({ ...event, of })));
  const days = [...new Set(all.map((event) => event.on))].sort().reverse();
  return days.map((on) => ({ on, events: all.filter((event) => event.on === on).map(({ what, who, of }) => ({ what, who, of })) }));
}

function StoryLine({ story, id }: { story: Story; id: string }) {
  if (!story.agreed) return <p class="notice">{say('story.not_agreed')}</p>;
  return (
    <>
      <p>{say('story.cases', { n: story.cases.length })} <span class="quiet small">{say('story.agreed')}</span></p>
      <ol class="timeline" reversed>
        {daysOf(story).map((day) => (
          <li key={day.on}>
            <b>{formatDate(day.on)}</b>
            <ul class="story-day">
              {day.events.map((event, at) => (
                <li key={at}>{event.what} <span class="quiet small">{event.of.case === id ? say('story.this') : event.of.label}{event.who ? ` · ${event.who}` : ''}</span></li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

/** A text of several things, as people write them: with semicolons, full stops or lines. */
export function itemsOf(text: string): string[] {
  return text.split(/[;\n]+/).map((one) => one.trim()).filter((one) => one !== '');
}

function Plan({ found, screen }: { found: CaseData; screen: LawScreen }) {
  const { sheet } = found;
  const goals = factOf(sheet, screen.fact('goals'))?.value ?? '';
  const tasks = factOf(sheet, screen.fact('tasks'))?.value ?? '';
  const until = knownOf(found.seen.case)[screen.fact('plan_until')];
  if (goals === '' && tasks === '') return <p class="quiet">{say('plan.none')}</p>;
  return (
    <>
      <div class="board">
        <div><h3>{say('plan.goals')}</h3><ul>{itemsOf(goals).map((one) => <li key={one}>{one}</li>)}</ul></div>
        <div><h3>{say('plan.tasks')}</h3><ul>{itemsOf(tasks).map((one) => <li key={one}>{one}</li>)}</ul></div>
      </div>
      {typeof until === 'string' && <p>{say('plan.until')} <Deadline today={sheet.today} due={until} /></p>}
    </>
  );
}

function Referral({ found, screen }: { found: CaseData; screen: LawScreen }) {
  const consents = knownOf(found.seen.case)[screen.fact('consents')] === true;
  const to = factOf(found.sheet, screen.fact('referred_to'));
  if (!to) return <p class="quiet">{say('referral.none')}</p>;
  return (
    <>
      <p>{to.value}</p>
      <p><Tag tone={consents ? 'good' : 'bad'}>{say(consents ? 'referral.consented' : 'referral.no_consent')}</Tag></p>
    </>
  );
}

function Newcomer({ data: { found, story, screen } }: { data: Data }) {
  const { seen, sheet } = found;
  const known = knownOf(seen.case);
  const needs = needsOf(known, sheet, found.fields);
  const told = factOf(sheet, screen.fact('told'))?.value;
  const strengths = factOf(sheet, screen.fact('strengths'))?.value;
  const lessons = known[screen.fact('lessons')];
  const measured = needs.some((one) => one.after !== undefined);
  return (
    <Page
      wide title={factOf(sheet, screen.fact('name'))?.value ?? seen.case.id} over={<a href="/app/newcomers">{say('list.title')}</a>}
      lead={<><Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <a href={`/app/cases/${seen.case.id}`}>{say('case.whole', { id: seen.case.id })}</a></>}
      actions={sheet.due && <Deadline today={sheet.today} due={sheet.due.last_day} late={seen.case.late} />}
    >
      <div class="with-side">
        <div>
          {told && <blockquote class="told"><p>{told}</p></blockquote>}
          <section class="section"><h2>{say('story.title')}</h2><StoryLine story={story} id={seen.case.id} /></section>
          <section class="section">
            <h2>{say('needs.title')}</h2>
            {needs.length === 0 ? <p class="quiet">{say('needs.none')}</p> : <Needs language={language.value} needs={needs} most={greatest} />}
            {strengths && <p><b>{say('needs.strengths')}</b> {strengths}</p>}
          </section>
          <section class="section"><h2>{say('plan.title')}</h2><Plan found={found} screen={screen} /></section>
        </div>
        <aside class="side" aria-label={say('side.label')}>
          <h2>{say('course.title')}</h2>
          <p class="side__figure"><b>{typeof lessons === 'number' ? lessons : '–'}</b> {say('course.lessons')}</p>
          <h2>{say('referral.title')}</h2>
          <Referral found={found} screen={screen} />
          <h2>{say('outcome.title')}</h2>
          <p>{sheet.final ? seen.state_label : measured ? say('outcome.measured') : say('outcome.open')}</p>
        </aside>
      </div>
      <Actions data={found} />
    </Page>
  );
}

export default function NewcomerScreen({ case: id = '' }: { case?: string }) {
  const data = useData(() => load(id), [id]);
  return <Loaded of={data}>{(all) => <Newcomer data={all} />}</Loaded>;
}
