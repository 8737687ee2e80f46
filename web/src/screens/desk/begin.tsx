// What may be begun: it comes after the cases, which most come for.
import type { Schemas } from '../../api/client';
import { speaker } from '../own_words';
import type { Row } from './my_cases';

const en = {
  title: "Begin something new",
  more: "Everything else",
};
const ru: typeof en = {
  title: "Начать новое",
  more: "Всё остальное",
};
const kk: typeof en = {
  title: "Жаңасын бастау",
  more: "Қалғанының бәрі",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

type Procedures = Schemas['Procedures'];

function Starts({ procedures }: { procedures: Procedures }) {
  return <ul class="starts">{procedures.map((one) => (
    <li key={one.procedure}><a href={`/app/start/${one.procedure}`}>{one.label}</a>{one.help && <p class="quiet small">{one.help}</p>}</li>
  ))}</ul>;
}

/** The way that the law declares comes first, in its order: it is what most come for. */
function inOrder(procedures: Procedures, way: readonly string[]): Procedures {
  const place = ({ procedure }: Procedures[number]) => (way.includes(procedure) ? way.indexOf(procedure) : way.length);
  return [...procedures].sort((a, b) => place(a) - place(b));
}

/** What one has begun before comes first, with what the law declares as the way; whoever is new sees all. */
export default function Begin({ role, procedures: all, rows, way }: { role: string; procedures: Procedures; rows: readonly Row[]; way: readonly string[] }) {
  const procedures = inOrder(all, way);
  const begun = (one: Procedures[number]) => rows.some((row) => row.procedure === one.procedure);
  const known = procedures.some(begun) ? procedures.filter((one) => way.includes(one.procedure) || begun(one)) : [];
  const others = procedures.filter((one) => !known.includes(one));
  return (
    <aside class="side" aria-labelledby={`start-${role}`}>
      <h2 id={`start-${role}`}>{say('title')}</h2>
      <Starts procedures={known.length > 0 ? known : others} />
      {known.length > 0 && others.length > 0 && <details><summary>{say('more')}</summary><Starts procedures={others} /></details>}
    </aside>
  );
}
