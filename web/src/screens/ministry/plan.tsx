// The plan of the quota as far as it has come: what employers asked, regions proposed and the ministry set, case by case.
import { useState } from 'preact/hooks';
import { useData } from '../../api/data';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { StateDiagram } from '../../pictures/state_diagram';
import { TableView } from '../../pictures/frame';
import { csv, download, type Table } from '../../pictures/table';
import { formatDate, language, t } from '../../words/words';
import { Choice } from '../public/choice';
import { loadQuotaProcedures, stateLabel, type CaseRow, type Told } from './procedures';
import '../public/public.css';

/** A wish is counted in the year in which it was opened: the plan for a year is made in the year before. */
function yearOf(row: CaseRow): string {
  return row.opened.slice(0, 4);
}

function Counts({ told, cases }: { told: Told; cases: CaseRow[] }) {
  const counts = told.procedure.states.map((state) => ({ state, n: cases.filter((row) => row.state === state.state).length })).filter(({ n }) => n > 0);
  return <ul class="facts">{counts.map(({ state, n }) => <li key={state.state}><b class="numbers">{n}</b><span>{state.label}</span></li>)}</ul>;
}

function tableOf(told: Told, cases: CaseRow[]): Table {
  return {
    columns: [{ label: t('plan.case') }, { label: t('plan.who') }, { label: t('plan.state') }, { label: t('plan.opened') }, { label: t('plan.sent') }],
    rows: cases.map((row) => [
      { text: row.id, href: `/app/cases/${row.id}` }, row.title, stateLabel(told, row.state), formatDate(row.opened), row.filed ? formatDate(row.filed) : '',
    ]),
  };
}

function ProcedureOfPlan({ told, year }: { told: Told; year: string }) {
  const cases = told.cases.filter((row) => yearOf(row) === year);
  const table = tableOf(told, cases);
  return (
    <section class="section">
      <h2>{told.procedure.label}</h2>
      {cases.length === 0 ? <p class="quiet">{t('plan.none')}</p> : (
        <>
          <Counts told={told} cases={cases} />
          <TableView table={table} caption={told.procedure.label} />
          <button type="button" class="ds-button" data-variant="secondary" data-size="sm"
            onClick={() => download(`${told.procedure.procedure}-${year}.csv`, csv(table))}>{t('public.csv')}</button>
        </>
      )}
      <details class="way">
        <summary>{t('plan.way')}</summary>
        <StateDiagram language={language.value} states={told.procedure.states} file={told.procedure.procedure} />
      </details>
    </section>
  );
}

function Plan({ all }: { all: Told[] }) {
  const years = [...new Set(all.flatMap((told) => told.cases.map(yearOf)))].sort().reverse();
  const [chosen, setYear] = useState<string>();
  const year = chosen ?? years[0] ?? '';
  return (
    <>
      {years.length > 0 && (
        <div class="choices">
          <Choice label={t('plan.year')} value={year} onChange={setYear} options={years.map((one) => ({ value: one, label: one }))} />
        </div>
      )}
      {all.map((told) => <ProcedureOfPlan key={told.procedure.procedure} told={told} year={year} />)}
    </>
  );
}

export default function PlanScreen() {
  const found = useData(loadQuotaProcedures, []);
  return (
    <Page title={t('plan.title')} lead={t('plan.lead')} wide>
      <Loaded of={found}>{(all) => <Plan all={all} />}</Loaded>
    </Page>
  );
}
