import { api, type Schemas } from '../api/client';
import { useData, type Data } from '../api/data';
import { outcome } from '../api/problem';
import { Loaded } from '../parts/loaded';
import { formatMoment, language, t, type Key } from '../words/words';
import { caseHref, type CaseData } from './case_data';

const names: Record<string, Key> = {
  opened: 'event.opened', facts: 'event.facts', document: 'event.document', document_removed: 'event.document_removed', late: 'event.late',
};

interface EventBody {
  action?: string;
  state?: string;
  to?: string;
  role?: string;
  file?: string;
}

type Entry = Schemas['Timeline'][number];

/** What was done, in the words of the procedure where it has them. */
export function sentence({ name, event: body }: Entry, procedure: Schemas['Procedure']): string {
  const event = body as EventBody;
  const known = names[name];
  if (known) return t(known) + (event.file ? `: ${event.file}` : '');
  const states = procedure.states as unknown as { actions: { action: string; label: string }[] }[];
  const action = event.action ?? name;
  for (const state of states) {
    const found = state.actions.find((one) => one.action === action);
    if (found) return found.label;
  }
  return name;
}

export function actorOf({ actor }: Entry, procedure: Schemas['Procedure']): string {
  return procedure.roles.find((one) => one.role === actor.split('/').at(-1))?.label ?? actor;
}

export type Past = Data<Schemas['Timeline']>;

export function usePast(id: string, version: number): Past {
  return useData(() => outcome(api.GET('/api/v1/cases/{case}/timeline', { params: { path: { case: id } } })), [id, version]);
}

/** What the last act told the visitor, as long as nobody has acted after it: what was told before may be done with. */
export function lastTold(past: Past): readonly string[] {
  return (past.data ?? []).findLast((entry) => entry.name === 'acted')?.notices ?? [];
}

/** Everything that happened, the newest first; each act with its receipt, and with what it told the visitor. */
export function Timeline({ id, past, procedure }: { id: string; past: Past; procedure: Schemas['Procedure'] }) {
  return (
    <Loaded of={past}>
      {(entries) => (
        <ol class="timeline" reversed>
          {[...entries].reverse().map((entry) => (
            <li key={entry.sequence}>
              <b>{sentence(entry, procedure)}</b>
              {entry.notices?.map((text) => <span key={text}>{t('case.told')} {text}</span>)}
              <span class="quiet">{actorOf(entry, procedure)} · {formatMoment(entry.recorded_at_ms)}</span>
              <a class="small" href={caseHref(id, `/receipts/${entry.sequence}`)}>{t('case.receipt_of', { n: entry.sequence })}</a>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}

/** The states of the procedure as the server draws them, with where this case stands: whole on the page, and in full size for itself. */
export function Diagram({ data }: { data: CaseData }) {
  const { case: item } = data.seen;
  const query = new URLSearchParams({ state: item.state, on: item.filed ?? data.sheet.today, lang: language.value });
  const address = `/procedures/${item.procedure}/diagram.svg?${query}`;
  return (
    <details class="diagram">
      <summary>{t('case.diagram')}</summary>
      <img src={address} alt={t('case.diagram_alt', { state: data.seen.state_label ?? '' })} loading="lazy" />
      <p><a href={address} target="_blank" rel="noopener">{t('case.diagram_large')}</a></p>
    </details>
  );
}
