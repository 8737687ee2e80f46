// One household that moves: the family, the vacancy and the home on one card; what the law pays, by member and by month; whether it stays.
import { lawScreen, type LawScreen } from '../../api/law_screen';
import { useData } from '../../api/data';
import type { Outcome } from '../../api/problem';
import { Actions } from '../../case/actions';
import { loadCase, type CaseData } from '../../case/case_data';
import { Page } from '../../frame/page';
import { Cites } from '../../parts/cites';
import { Deadline } from '../../parts/deadline';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { TableView } from '../../pictures/frame';
import { csv, download, type Table } from '../../pictures/table';
import { formatDate, formatNumber } from '../../words/words';
import { factOf, knownOf, type Known } from '../centre/list';
import { stagesOf, supportOf, type Paid, type Support } from './support';
import { say, type Word } from './words';
import './employment.css';

interface Data {
  found: CaseData;
  known: Known;
  support: Support;
  screen: LawScreen;
}

async function load(id: string): Promise<Outcome<Data>> {
  const [screen, found] = await Promise.all([lawScreen('household'), loadCase(id)]);
  if (!screen.ok) return screen;
  if (!found.ok) return found;
  const lookedUp = screen.data.facts('looked_up');
  const known = knownOf(found.data.seen.case);
  const names = found.data.fields.fields.map((one) => one.fact);
  // What only the office looks up is no fact of the question.
  const asked = Object.fromEntries(Object.entries(known).filter(([path]) => names.includes(path) || lookedUp.includes(path)));
  return { ...found, data: { found: found.data, known, support: await supportOf(screen.data, asked), screen: screen.data } };
}

const tenge = (paid: Paid) => (paid.amount === null ? '–' : say('money', { amount: formatNumber(paid.amount) }));

function Line({ found, path }: { found: CaseData; path: string }) {
  const fact = factOf(found.sheet, path);
  return fact ? <div><dt>{fact.label}</dt><dd>{fact.value}</dd></div> : null;
}

function Part({ title, found, paths, ready }: { title: Word; found: CaseData; paths: readonly string[]; ready: boolean | null }) {
  const told = paths.filter((path) => factOf(found.sheet, path));
  return (
    <section class="triple__part" data-ready={ready === true}>
      <h2>{say(title)}</h2>
      <p><Tag tone={ready === true ? 'good' : ready === false ? 'bad' : 'neutral'}>{say(ready === true ? 'card.there' : ready === false ? 'card.missing' : 'card.open')}</Tag></p>
      {told.length > 0 && <dl class="facts">{told.map((path) => <Line key={path} found={found} path={path} />)}</dl>}
    </section>
  );
}

/** Ready: yes or no once each of these facts is known, all of them yes. */
function allOf(known: Known, paths: readonly string[]): boolean | null {
  if (paths.length === 0 || known[paths[0] ?? ''] === undefined) return null;
  return paths.every((path) => known[path] === true);
}

function Card({ found, known, screen: { fact, facts } }: { found: CaseData; known: Known; screen: LawScreen }) {
  const homeKnown = known[fact('home_asked')] !== undefined;
  const hasHome = facts('home_ready').some((path) => known[path] !== undefined && known[path] !== false);
  return (
    <div class="triple">
      <Part title="card.family" found={found} paths={facts('family')} ready={allOf(known, facts('family_ready'))} />
      <Part title="card.vacancy" found={found} paths={facts('vacancy')} ready={allOf(known, facts('vacancy_ready'))} />
      <Part title="card.home" found={found} paths={facts('home')} ready={homeKnown ? hasHome : null} />
    </div>
  );
}

function byMember({ members }: Support, plain: boolean): Table {
  return {
    columns: [{ label: say('support.member') }, { label: say('support.move'), isNumber: true }],
    rows: members.map((amount, n) => [n === 0 ? say('support.head') : say('support.member_n', { n: n + 1 }), plain ? amount : say('money', { amount: formatNumber(amount) })]),
  };
}

function byMonth({ rent, monthsPaid }: Support, plain: boolean): Table {
  return {
    columns: [{ label: say('support.month'), isNumber: true }, { label: say('support.rent'), isNumber: true }, { label: say('support.state') }],
    rows: rent.map((paid, month) => [month + 1, plain ? (paid.amount ?? '') : tenge(paid), say(month < monthsPaid ? 'support.paid' : 'support.due')]),
  };
}

function Money({ support, id }: { support: Support; id: string }) {
  const rentKnown = support.rent.some((one) => one.amount !== null);
  const save = () => download(`household-${id}.csv`, csv(byMember(support, true)) + csv(byMonth(support, true)));
  return (
    <section class="section">
      <h2>{say('support.title')}</h2>
      <p>{say('support.sentence', { move: tenge(support.move), months: support.monthsPaid, home: tenge(support.home) })}</p>
      <div class="two-tables">
        <div>
          <h3>{say('support.by_member')}</h3>
          <TableView table={byMember(support, false)} caption={say('support.by_member')} />
          <p class="small"><Cites by={support.move.by} /></p>
        </div>
        <div>
          <h3>{say('support.by_month')}</h3>
          {rentKnown ? <TableView table={byMonth(support, false)} caption={say('support.by_month')} /> : <p class="quiet">{say('support.no_rent')}</p>}
          <p class="small"><Cites by={support.rent[0]?.by ?? []} /></p>
        </div>
      </div>
      <p><b>{say('support.home')}</b> {tenge(support.home)} <Cites by={support.home.by} /></p>
      <button type="button" class="picture-csv" onClick={save}>{say('support.csv')}</button>
    </section>
  );
}

function Retention({ known, today, screen }: { known: Known; today: string; screen: LawScreen }) {
  const stages = stagesOf(screen, known);
  if (stages.length === 0) return <p class="quiet">{say('stay.not_arrived')}</p>;
  return (
    <ul class="stages">
      {stages.map((stage) => (
        <li key={stage.months}>
          <b>{say('stay.after', { n: stage.months })}</b> <span>{formatDate(stage.on)}</span>{' '}
          {stage.there !== null ? <Tag tone={stage.there ? 'good' : 'bad'}>{say(stage.there ? 'stay.there' : 'stay.gone')}</Tag>
            : <Tag tone={stage.on <= today ? 'warn' : 'neutral'}>{say(stage.on <= today ? 'stay.to_look' : 'stay.later')}</Tag>}
        </li>
      ))}
    </ul>
  );
}

function Household({ data: { found, known, support, screen } }: { data: Data }) {
  const { seen, sheet } = found;
  return (
    <Page
      wide title={factOf(sheet, screen.fact('name'))?.value ?? seen.case.id} over={<a href="/app/households">{say('list.title')}</a>}
      lead={<><Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <a href={`/app/cases/${seen.case.id}`}>{say('case.whole', { id: seen.case.id })}</a></>}
      actions={sheet.due && <Deadline today={sheet.today} due={sheet.due.last_day} late={seen.case.late} />}
    >
      <Card found={found} known={known} screen={screen} />
      <Money support={support} id={seen.case.id} />
      <section class="section"><h2>{say('stay.title')}</h2><Retention known={known} today={sheet.today} screen={screen} /></section>
      <Actions data={found} />
    </Page>
  );
}

export default function HouseholdScreen({ case: id = '' }: { case?: string }) {
  const data = useData(() => load(id), [id]);
  return <Loaded of={data}>{(all) => <Household data={all} />}</Loaded>;
}
