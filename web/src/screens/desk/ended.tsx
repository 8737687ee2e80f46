// Cases that are over: a desk shows what still runs, but their papers are wanted later, as that of a finished search is.
import { useState } from 'preact/hooks';
import { api } from '../../api/client';
import { useData } from '../../api/data';
import { outcome, type Outcome } from '../../api/problem';
import { Loaded } from '../../parts/loaded';
import { Tag } from '../../parts/tag';
import { formatDate } from '../../words/words';
import { speaker } from '../own_words';
import { others, type Row } from './my_cases';

/** So many pages of a hundred are read. */
const pagesMax = 10;

const en = {
  title: "Ended cases", text: "What is over: results, papers and refusals.", none: "None of your cases has ended.", filed: "filed {date}",
};
const ru: typeof en = {
  title: "Завершённые дела", text: "Что уже закончено: итоги, документы и отказы.", none: "Ни одно ваше дело ещё не завершено.", filed: "подано {date}",
};
const kk: typeof en = {
  title: "Аяқталған істер", text: "Аяқталғаны: нәтижелер, құжаттар және бас тартулар.", none: "Бірде-бір ісіңіз әлі аяқталған жоқ.", filed: "берілген күні: {date}",
};
const say = speaker<keyof typeof en>({ en, ru, kk });

async function rowsOf(query: { as: string; all?: string }): Promise<Outcome<Row[]>> {
  const rows: Row[] = [];
  let after: string | undefined;
  for (let page = 0; page < pagesMax; ++page) {
    const found = await outcome(api.GET('/api/v1/cases', { params: { query: { ...query, limit: '100', ...(after ? { after } : {}) } } }));
    if (!found.ok) return found;
    rows.push(...found.data.cases);
    after = found.data.next;
    if (!after) break;
  }
  return { ok: true, data: rows, response: new Response() };
}

/** The server lists running cases, or all: those that have ended are what is left. A draft that was thrown away is no case to come back to. */
async function endedOf(role: string): Promise<Outcome<Row[]>> {
  const [running, all] = await Promise.all([rowsOf({ as: role }), rowsOf({ as: role, all: '1' })]);
  if (!running.ok) return running;
  if (!all.ok) return all;
  const runs = new Set(running.data.map((row) => row.id));
  return { ...all, data: all.data.filter((row) => row.filed && !runs.has(row.id)) };
}

function List({ role }: { role: string }) {
  const ended = useData(() => endedOf(role), [role]);
  return (
    <Loaded of={ended}>
      {(rows) => rows.length === 0 ? <p class="quiet">{say('none')}</p> : (
        <ul class="cards">
          {rows.map((row) => (
            <li key={row.id} class="card">
              <a href={`/app/cases/${row.id}`}>{row.label ?? row.procedure}</a>
              <Tag>{row.state_label ?? row.state}</Tag>
              <span class="card__who">{others(row.title)}</span>
              <span class="quiet">{say('filed', { date: formatDate(row.filed ?? row.opened) })}</span>
              <span class="quiet small">{row.number ?? row.id}</span>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

/** They are asked for when somebody opens the list. */
export default function Ended({ role }: { role: string }) {
  const [open, setOpen] = useState(false);
  return (
    <section class="section ended">
      <h2>{say('title')}</h2>
      <details onToggle={(event) => event.currentTarget.open && setOpen(true)}>
        <summary>{say('text')}</summary>
        {open && <List role={role} />}
      </details>
    </section>
  );
}
