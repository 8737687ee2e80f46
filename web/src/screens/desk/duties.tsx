// What the law asks of whoever employs, case or no case: which duties these are stands beside the law, their terms and articles in it.
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { lawScreen } from '../../api/law_screen';
import { outcome, type Outcome } from '../../api/problem';
import { Cites } from '../../parts/cites';
import { Loaded } from '../../parts/loaded';
import { language } from '../../words/words';
import { speaker } from '../own_words';

const en = {
  title: "Your duties",
  text: "What the law asks of you by itself. Terms that run in a case stand with the case above.",
  do: "Do it here",
  ask: "Reckon your day",
};
const ru: typeof en = {
  title: "Ваши обязанности",
  text: "Чего закон требует сам по себе. Сроки по делам стоят выше, у самих дел.",
  do: "Исполнить здесь",
  ask: "Рассчитать свой день",
};
const kk: typeof en = {
  title: "Міндеттеріңіз",
  text: "Заң өзінен-өзі талап ететін нәрселер. Істердің мерзімдері жоғарыда, істердің өз жанында.",
  do: "Осында орындау",
  ask: "Өз күніңізді есептеу",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

interface Duty {
  norm: Schemas['LawNorm'];
  /** By which it is done here, where there is one. */
  procedure: string;
}

/** Whether the role begins one of the procedures by which such duties are done. */
async function concerns(begins: readonly string[]): Promise<Outcome<boolean>> {
  const screen = await lawScreen('duties');
  return screen.ok ? { ...screen, data: screen.data.norms.some((role) => begins.includes(screen.data.procedure(role))) } : screen;
}

async function loadDuties(): Promise<Outcome<Duty[]>> {
  const screen = await lawScreen('duties');
  if (!screen.ok) return screen;
  const { norms, norm, procedure } = screen.data;
  const found = await Promise.all(norms.map((role) => outcome(api.GET('/api/v1/law/norms/{norm}', { params: { path: { norm: norm(role) } } }))));
  return { ...screen, data: found.flatMap((one, at) => (one.ok ? [{ norm: one.data, procedure: procedure(norms[at] ?? '') }] : [])) };
}

const isInForce = (rule: Schemas['LawRule'], on: string) => rule.depth === 0 && (rule.from ?? '') <= on && on <= (rule.until ?? '9999');

function Line({ duty: { norm, procedure }, begins }: { duty: Duty; begins: readonly string[] }) {
  const rules = norm.rules.filter((rule) => isInForce(rule, norm.today));
  if (rules.length === 0) return null;
  return (
    <li>
      <p><b>{norm.label}</b></p>
      {rules.map((rule) => <p key={rule.number}>{rule.value} <Cites by={rule.by} /></p>)}
      {norm.help && <p class="quiet small">{norm.help}</p>}
      <p class="small">
        {begins.includes(procedure) && <><a href={`/app/start/${procedure}`}>{say('do')}<span class="hidden">: {norm.label}</span></a> · </>}
        <a href={`/ask?norm=${encodeURIComponent(norm.norm)}&lang=${language.value}`} target="_self">{say('ask')}<span class="hidden">: {norm.label}</span></a>
      </p>
    </li>
  );
}

function List({ begins }: { begins: readonly string[] }) {
  const duties = useData(loadDuties, []);
  return <Loaded of={duties}>{(all) => <ul class="duties">{all.map((duty) => <Line key={duty.norm.norm} duty={duty} begins={begins} />)}</ul>}</Loaded>;
}

/** Norms with their whole past are heavy for a slow line: they come when somebody opens the list. */
export default function Duties({ begins }: { begins: readonly string[] }) {
  const mine = useData(() => concerns(begins), [begins.join(' ')]);
  const [open, setOpen] = useState(false);
  if (!mine.data) return null;
  return (
    <section class="section">
      <h2>{say('title')}</h2>
      <details class="of-law" onToggle={(event) => event.currentTarget.open && setOpen(true)}>
        <summary>{say('text')}</summary>
        {open && <List begins={begins} />}
      </details>
    </section>
  );
}
