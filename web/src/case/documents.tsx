import { useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client';
import { outcome, problemOf, type Problem } from '../api/problem';
import { Page } from '../frame/page';
import { Loaded, ProblemBox } from '../parts/loaded';
import { Tag } from '../parts/tag';
import { formatNumber, t } from '../words/words';
import { caseHref, checkLabel, stepText, useCase, type CaseData } from './case_data';
import { session } from '../session/session';
import { language } from '../words/words';

/** A file's bytes go as they are: the body is the file. */
async function upload(data: CaseData, version: number, kind: string, file: File): Promise<Schemas['Seen'] | Problem> {
  const query = new URLSearchParams({ kind, name: file.name, version: String(version), lang: language.value });
  try {
    const response = await fetch(`/api/v1/cases/${data.seen.case.id}/documents?${query}`, {
      method: 'POST',
      headers: { 'Content-Type': file.type || 'application/octet-stream', 'X-CSRF-Token': session.value?.csrf ?? '', 'Idempotency-Key': crypto.randomUUID() },
      body: file,
    });
    const body: unknown = await response.json().catch(() => null);
    return response.ok ? (body as Schemas['Seen']) : problemOf(response.status, body);
  } catch {
    return problemOf(0, null);
  }
}

function Row(props: { data: CaseData; seen: Schemas['Seen']; kind: string; label: string; attached: boolean; taken: (seen: Schemas['Seen']) => void }) {
  const { data, seen, kind, label, attached, taken } = props;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const files = seen.case.documents.filter((one) => one.kind === kind);

  async function send(file: File) {
    setBusy(true);
    setProblem(null);
    const done = await upload(data, seen.case.version, kind, file);
    setBusy(false);
    if ('status' in done) setProblem(done);
    else taken(done);
  }
  async function remove(sha256: string) {
    const params = { path: { case: seen.case.id, sha256 }, query: { kind, version: String(seen.case.version) } };
    const done = await outcome(api.DELETE('/api/v1/cases/{case}/documents/{sha256}', { params }));
    if (done.ok) taken(done.data);
    else setProblem(done.problem);
  }
  return (
    <li class="document" onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void send(file);
    }}>
      <div class="document__head">
        <b id={`document-${kind}`}>{label}</b>
        {attached ? <Tag tone="good">{t('documents.attached')}</Tag> : <Tag tone="accent">{t('documents.wanted')}</Tag>}
      </div>
      {files.map((file) => (
        <p key={file.sha256} class="document__file">
          <a href={`/api/v1/cases/${seen.case.id}/documents/${file.sha256}`}>{file.file || file.sha256.slice(0, 12)}</a>
          <span class="quiet small">{t('documents.kilobytes', { n: formatNumber(Math.ceil(file.size / 1024)) })}</span>
          <button type="button" class="plain" onClick={() => void remove(file.sha256)}>{t('documents.remove')}<span class="hidden"> {file.file}</span></button>
        </p>
      ))}
      {problem && <ProblemBox problem={problem} />}
      <label class="ds-button" data-variant="secondary" aria-disabled={busy}>
        {busy ? t('loading') : t(files.length > 0 ? 'documents.another' : 'documents.choose')}
        <input type="file" class="hidden" aria-labelledby={`document-${kind}`} disabled={busy} onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void send(file);
          event.currentTarget.value = '';
        }} />
      </label>
    </li>
  );
}

function Documents({ data }: { data: CaseData }) {
  const [seen, setSeen] = useState(data.seen);
  const documents = seen.documents ?? [];
  const missing = documents.filter((one) => !one.attached).length;
  return (
    <Page
      title={t('case.documents')}
      over={<><a href={caseHref(seen.case.id)}>{data.seen.label}</a>{' · '}{stepText(seen, '/documents')}</>}
      lead={missing > 0 ? t('case.documents_missing', { n: missing }) : t('documents.all')}
    >
      <p class="quiet">{t('documents.formats')}</p>
      <ol class="documents">
        {documents.map((one) => <Row key={one.kind} data={data} seen={seen} {...one} taken={setSeen} />)}
      </ol>
      <p class="then"><b>{t('case.next')}</b> {checkLabel(seen)}</p>
      <div class="buttons">
        <a class="ds-button" href={caseHref(seen.case.id, '/check')}>{t('form.continue')}</a>
        <a class="ds-button" data-variant="tertiary" href={caseHref(seen.case.id)}>{t('form.to_list')}</a>
      </div>
    </Page>
  );
}

export default function DocumentsScreen({ case: id = '' }: { case?: string }) {
  const data = useCase(id);
  return <Loaded of={data}>{(found) => <Documents key={found.seen.case.version} data={found} />}</Loaded>;
}
