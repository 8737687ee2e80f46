import { useOffice } from '../../session/office';
import { lazy, useLocation } from 'preact-iso';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Deadline, urgencyOf } from '../../parts/deadline';
import { Loaded } from '../../parts/loaded';
import { t } from '../../words/words';

const Load = lazy(() => import('./load'));

type Row = Schemas['Cases']['cases'][number];

interface Filter {
  procedure: string;
  state: string;
  only: '' | 'late' | 'soon';
  text: string;
}

const everything: Filter = { procedure: '', state: '', only: '', text: '' };

function passes(row: Row, filter: Filter, today: string): boolean {
  const urgency = urgencyOf(today, row.due, row.late);
  const text = filter.text.trim().toLocaleLowerCase();
  return (
    (filter.procedure === '' || row.procedure === filter.procedure) &&
    (filter.state === '' || row.state_label === filter.state) &&
    (filter.only === '' || urgency === filter.only) &&
    (text === '' || `${row.title} ${row.id} ${row.number ?? ''}`.toLocaleLowerCase().includes(text))
  );
}

function unique(rows: readonly Row[], key: (row: Row) => string, label: (row: Row) => string): [string, string][] {
  return [...new Map(rows.map((row) => [key(row), label(row)] as [string, string]))].sort((a, b) => a[1].localeCompare(b[1]));
}

interface FiltersProps {
  rows: readonly Row[];
  filter: Filter;
  change: (filter: Filter) => void;
  input: { current: HTMLInputElement | null };
}

function Filters({ rows, filter, change, input }: FiltersProps) {
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        {t('queue.find')}
        <input
          ref={input}
          class="ds-input"
          type="search"
          value={filter.text}
          onInput={(event) => change({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <label>{t('queue.procedure')}
        <select class="ds-input" value={filter.procedure} onChange={(event) => change({ ...filter, procedure: event.currentTarget.value, state: '' })}>
          <option value="">{t('queue.all')}</option>
          {unique(rows, (row) => row.procedure, (row) => row.label ?? row.procedure).map(([code, label]) => <option key={code} value={code}>{label}</option>)}
        </select>
      </label>
      <label>{t('queue.state')}
        <select class="ds-input" value={filter.state} onChange={(event) => change({ ...filter, state: event.currentTarget.value })}>
          <option value="">{t('queue.all')}</option>
          {unique(rows.filter((row) => filter.procedure === '' || row.procedure === filter.procedure), (row) => row.state_label ?? row.state, (row) => row.state_label ?? row.state)
            .map(([code, label]) => <option key={code} value={code}>{label}</option>)}
        </select>
      </label>
      <label>{t('queue.due')}
        <select class="ds-input" value={filter.only} onChange={(event) => change({ ...filter, only: event.currentTarget.value as Filter['only'] })}>
          <option value="">{t('queue.all')}</option>
          <option value="late">{t('queue.late')}</option>
          <option value="soon">{t('queue.soon')}</option>
        </select>
      </label>
    </form>
  );
}

/** Whether keys are meant for an input rather than for the list. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, dialog, [contenteditable]') !== null;
}

function Help({ open, close }: { open: boolean; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  const keys = [['j', 'queue.key_down'], ['k', 'queue.key_up'], ['Enter', 'queue.key_open'], ['/', 'queue.key_find'], ['r', 'queue.key_reload'], ['?', 'queue.key_help']] as const;
  return (
    <dialog ref={dialog} class="ds-dialog" aria-labelledby="keys" onClose={close}>
      <h2 id="keys" class="ds-heading" data-size="xs">{t('queue.keys')}</h2>
      <dl class="keys">{keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(what)}</dd></div>)}</dl>
      <form method="dialog"><button class="ds-button" type="submit">{t('queue.close')}</button></form>
    </dialog>
  );
}

function List({ rows, today, reload, role }: { rows: readonly Row[]; today: string; reload: () => void; role: string }) {
  const { route } = useLocation();
  const [filter, setFilter] = useState(everything);
  const [at, setAt] = useState(0);
  const [help, setHelp] = useState(false);
  const find = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => rows.filter((row) => passes(row, filter, today)), [rows, filter, today]);
  const current = Math.min(at, Math.max(shown.length - 1, 0));

  // At once, not after the next picture: a key pressed quickly after another would still count from the old row.
  useLayoutEffect(() => {
    const focus = (to: number) => {
      setAt(to);
      document.querySelectorAll<HTMLElement>('.queue tbody a')[to]?.focus();
    };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'j') focus(Math.min(current + 1, shown.length - 1));
      else if (event.key === 'k') focus(Math.max(current - 1, 0));
      else if (event.key === 'Enter' && event.target === document.body && shown[current]) route(`/app/cases/${shown[current].id}`);
      else if (event.key === '/') find.current?.focus();
      else if (event.key === 'r') reload();
      else if (event.key === '?') setHelp(true);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [shown, current]);

  return (
    <>
      <p class="then"><b>{t('case.next')}</b> {t('queue.then')}</p>
      <Filters rows={rows} filter={filter} change={setFilter} input={find} />
      <p class="quiet small" role="status">
        {t('queue.count', { n: shown.length })}
        {' '}
        <button type="button" class="plain" onClick={() => setHelp(true)}>{t('queue.keys')} (?)</button>
      </p>
      <div class="scroll">
        <table class="ds-table queue" data-role={role}>
          <thead>
            <tr><th scope="col">{t('queue.case')}</th><th scope="col">{t('queue.who')}</th><th scope="col">{t('queue.state')}</th><th scope="col">{t('queue.due')}</th></tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={row.id} data-current={index === current} data-urgency={urgencyOf(today, row.due, row.late)}>
                <th scope="row">
                  <a href={`/app/cases/${row.id}`} onFocus={() => setAt(index)}>{row.label ?? row.procedure}</a>{' '}
                  <span class="quiet small">{[row.number, row.id].filter(Boolean).join(' · ')}</span>
                </th>
                <td>{row.title}</td>
                <td>{row.state_label ?? row.state}</td>
                <td><Deadline today={today} due={row.due} late={row.late} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Help open={help} close={() => setHelp(false)} />
    </>
  );
}

/** The cases of an office, the most urgent first. Whoever has several offices chooses whose queue it is. */
export default function Queue({ roles }: { roles: readonly string[] }) {
  const [role, setRole] = useState(roles[0] ?? '');
  const office = useOffice();
  const [others, setOthers] = useState(false);
  const cases = useData(() => outcome(api.GET('/api/v1/cases', { params: { query: { as: role, by: 'due', limit: '100', ...(others ? {} : { acts: '1' }) } } })), [role, others]);
  return (
    <Loaded of={office}>
      {({ today, roles: known }) => (
        <>
          {roles.length > 1 && (
            <div class="tabs" role="group" aria-label={t('queue.role')}>
              {roles.map((one) => (
                <button key={one} type="button" aria-pressed={one === role} onClick={() => setRole(one)}>{known.find((role) => role.role === one)?.label ?? one}</button>
              ))}
            </div>
          )}
          <Loaded of={cases}>
            {(page) => page.cases.length === 0 ? <p class="quiet">{t('queue.empty')}</p> : (
              <>
                <List rows={page.cases} today={today} reload={cases.reload} role={role} />
                {page.next !== '' && <p class="quiet small">{t('queue.more')}</p>}
                <Load rows={page.cases} today={today} />
              </>
            )}
          </Loaded>
          <p><label><input type="checkbox" class="ds-input" checked={others} onChange={(event) => setOthers(event.currentTarget.checked)} /> {t('queue.others')}</label></p>
        </>
      )}
    </Loaded>
  );
}
