// Whom the centre looks after: who waits, whose plan runs, what came of it.
import { useData } from '../../api/data';
import { lawScreen } from '../../api/law_screen';
import { Page } from '../../frame/page';
import { Deadline, urgencyOf } from '../../parts/deadline';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { askOffice } from '../../session/office';
import { formatDate } from '../../words/words';
import { loadCases, type CaseRow } from './list';
import { say } from './words';
import './centre.css';

async function load() {
  const screen = await lawScreen('newcomer');
  if (!screen.ok) return screen;
  const [office, cases] = await Promise.all([askOffice(), loadCases(screen.data.of, 'centre')]);
  if (!office.ok) return office;
  if (!cases.ok) return cases;
  return { ...cases, data: { today: office.data.today, cases: cases.data } };
}

function Card({ row, today }: { row: CaseRow; today: string }) {
  return (
    <li class="card" data-urgency={urgencyOf(today, row.due, row.late)}>
      <a href={`/app/newcomers/${row.id}`}>{row.title || row.id}</a>
      <Tag tone="accent">{row.state_label ?? row.state}</Tag>
      {row.due && <Deadline today={today} due={row.due} late={row.late} />}
      <span class="quiet small">{row.id} · {formatDate(row.filed ?? row.opened, 'short')}</span>
    </li>
  );
}

export default function Newcomers() {
  const found = useData(load, []);
  return (
    <Page title={say('list.title')} lead={say('list.lead')} wide>
      <Loaded of={found}>
        {({ today, cases }) => {
          const filed = cases.filter((row) => row.filed);
          const groups = [...new Set(filed.map((row) => row.state_label ?? row.state))];
          if (filed.length === 0) return <p class="quiet">{say('list.none')}</p>;
          return groups.map((state) => (
            <section class="section" key={state}>
              <h2>{state}</h2>
              <ul class="cards">{filed.filter((row) => (row.state_label ?? row.state) === state).map((row) => <Card key={row.id} row={row} today={today} />)}</ul>
            </section>
          ));
        }}
      </Loaded>
    </Page>
  );
}
