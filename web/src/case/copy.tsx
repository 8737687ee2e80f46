// A case that has ended begins anew with its answers; one that began so says whose answers they are.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../api/client';
import { useData } from '../api/data';
import { outcome, type Problem } from '../api/problem';
import { ProblemBox } from '../parts/loaded';
import { t } from '../words/words';
import { caseHref, kindOfRole, type CaseData } from './case_data';

export function Copy({ data }: { data: CaseData }) {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  if (!data.sheet.final || kindOfRole(data) !== 'party') return null;

  async function copy() {
    setBusy(true);
    const done = await outcome(api.POST('/api/v1/cases/{case}/copy', { params: { path: { case: data.seen.case.id } } }));
    setBusy(false);
    if (done.ok) route(caseHref(done.data.case.id));
    else setProblem(done.problem);
  }
  return (
    <section class="section">
      {problem && <ProblemBox problem={problem} />}
      <p>{t('copy.text')}</p>
      <p><button type="button" class="ds-button" disabled={busy} onClick={() => void copy()}>{t('copy.button')}</button></p>
    </section>
  );
}

async function readNote(id: string) {
  const { data } = await api.GET('/api/v1/drafts/{place}', { params: { path: { place: `case.${id}.copied` } } }).catch(() => ({ data: undefined }));
  const from = (data as { from?: unknown } | undefined)?.from;
  return { ok: true as const, data: typeof from === 'string' ? from : null, response: new Response() };
}

/** Only before it is filed: then the answers are those of this case. */
export function Copied({ id }: { id: string }) {
  const note = useData(() => readNote(id), [id]);
  if (!note.data) return null;
  return <p class="notice">{t('copy.copied')} <a href={caseHref(note.data)}>{note.data}</a></p>;
}
