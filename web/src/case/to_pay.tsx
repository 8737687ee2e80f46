// What is open to be paid in a case, of whom, until when and under which number: for whoever records that it has been.
import { lawScreen } from '../api/law_screen';
import { useData } from '../api/data';
import type { Outcome } from '../api/problem';
import { formatDate } from '../words/words';
import { speaker } from '../screens/own_words';
import { openCharges, type CaseData } from './case_data';

const en = { title: "What is to be paid", until: "Last day", number: "Number of the case" };
const ru: typeof en = { title: "Что должно быть уплачено", until: "Последний день", number: "Номер дела" };
const kk: typeof en = { title: "Не төленуі керек", until: "Соңғы күні", number: "Істің нөмірі" };
const say = speaker<keyof typeof en>({ en, ru, kk });

/** The facts by which the law tells a decision's reader who the party is; else the key of the party. */
async function payerFacts({ procedure }: CaseData): Promise<Outcome<readonly string[]>> {
  const within = procedure.roles.find((role) => role.kind === 'party')?.within ?? '';
  const of = within.slice(0, within.lastIndexOf('.') + 1);
  const screen = await lawScreen('decision');
  const told = screen.ok && screen.data.of === procedure.procedure ? screen.data.facts('told').filter((path) => of !== '' && path.startsWith(of)) : [];
  return { ok: true, data: told.length > 0 ? told : [within], response: new Response() };
}

export default function ToPay({ data }: { data: CaseData }) {
  const { seen, sheet } = data;
  const paths = useData(() => payerFacts(data), [seen.case.id]).data ?? [];
  const open = openCharges(sheet);
  if (open.length === 0) return null;
  return (
    <section class="section" data-part="to-pay" aria-label={say('title')}>
      <h2>{say('title')}</h2>
      <dl class="facts">
        {open.map((one) => <div key={one.label + one.on}><dt>{one.label}</dt><dd><b>{one.text}</b> <span class="facts__source">{one.state}</span></dd></div>)}
        {paths.flatMap((path) => sheet.facts.find((row) => row.path === path) ?? []).map((row) => <div key={row.path}><dt>{row.label}</dt><dd>{row.value}</dd></div>)}
        {sheet.due && <div><dt>{say('until')}</dt><dd>{formatDate(sheet.due.last_day)}</dd></div>}
        <div><dt>{say('number')}</dt><dd>{[seen.case.number, seen.case.id].filter(Boolean).join(' · ')}</dd></div>
      </dl>
    </section>
  );
}
