// One household that moves: the family, the vacancy and the home on one card; what the law pays, by member and by month; whether it stays.
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
}

async function load(id: string): Promise<Outcome<Data>> {
  const found = await loadCase(id);
  if (!found.ok) return found;
  const known = knownOf(found.data.seen.case);
  const names = found.data.fields.fields.map((one) => one.fact);
  // What only the office looks up is no fact of the question.
  const asked = Object.fromEntries(Object.entries(known).filter(([path]) => names.includes(path) || /^(months_rented|in_quota|support_received|submitted)$/.test(path)));
  return { ...found, data: { found: found.data, known, support: await supportOf(asked) } };
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

function Card({ found, known }: { found: CaseData; known: Known }) {
  const work = known['vacancy'] === undefined ? null : known['vacancy'] === true && known['guarantee'] === true;
  const hasHome = known['home_provided'] === true || known['rent'] !== undefined || known['certificate_paid'] === true;
  return (
    <div class="triple">
      <Part
        title="card.family"
        found={found}
        paths={['head.full_name', 'head.born', 'people', 'head.kandas', 'from_region', 'to_region']}
        ready={known['in_quota'] === undefined ? null : known['in_quota'] === true}
      />
      <Part title="card.vacancy" found={found} paths={['vacancy', 'guarantee', 'employer_pays_move']} ready={work} />
      <Part title="card.home" found={found} paths={['home_provided', 'rent', 'home_price', 'arrived']} ready={known['home_provided'] === undefined ? null : hasHome} />
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

function Retention({ known, today }: { known: Known; today: string }) {
  const stages = stagesOf(known);
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

function Household({ data: { found, known, support } }: { data: Data }) {
  const { seen, sheet } = found;
  return (
    <Page
      wide title={factOf(sheet, 'head.full_name')?.value ?? seen.case.id} over={<a href="/app/households">{say('list.title')}</a>}
      lead={<><Tag tone={sheet.final ? 'neutral' : 'accent'}>{seen.state_label}</Tag> <a href={`/app/cases/${seen.case.id}`}>{say('case.whole', { id: seen.case.id })}</a></>}
      actions={sheet.due && <Deadline today={sheet.today} due={sheet.due.last_day} late={seen.case.late} />}
    >
      <Card found={found} known={known} />
      <Money support={support} id={seen.case.id} />
      <section class="section"><h2>{say('stay.title')}</h2><Retention known={known} today={sheet.today} /></section>
      <Actions data={found} />
    </Page>
  );
}

export default function HouseholdScreen({ case: id = '' }: { case?: string }) {
  const data = useData(() => load(id), [id]);
  return <Loaded of={data}>{(all) => <Household data={all} />}</Loaded>;
}
