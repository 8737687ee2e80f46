import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { api } from '../api/client';
import { useData } from '../api/data';
import { outcome, type Problem } from '../api/problem';
import { Page } from '../frame/page';
import { Loaded, ProblemBox } from '../parts/loaded';
import { language, t } from '../words/words';
import { caseHref } from './case_data';
import { WaySteps } from './way_steps';
import { toldOfWay } from './way_words';

/** Before a case is opened: what it is for, who takes part, what comes. */
export default function Start({ procedure: name = '' }: { procedure?: string }) {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const procedure = useData(() => outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: { procedure: name } } })), [name]);

  async function open() {
    setBusy(true);
    const done = await outcome(api.POST('/api/v1/cases', { body: { procedure: name } }));
    setBusy(false);
    if (done.ok) route(caseHref(done.data.case.id), true);
    else setProblem(done.problem);
  }
  return (
    <Loaded of={procedure}>
      {(found) => (
        <Page title={found.label} lead={found.help} over={<a href="/app/desk">{t('desk.nav')}</a>}>
          {problem && <ProblemBox problem={problem} />}
          {found.way.length > 0 && (
            <>
              <h2>{toldOfWay('way')}</h2>
              <WaySteps procedure={found} />
              <p class="quiet">{toldOfWay('way_note')}</p>
            </>
          )}
          <h2>{t('start.steps')}</h2>
          <ol>
            {(found.forms as unknown as { form: string; label: string }[]).map((form) => <li key={form.form}>{form.label}</li>)}
            {found.documents.length > 0 && <li>{t('case.documents')}</li>}
            <li>{t('case.check')}</li>
          </ol>
          <p class="quiet">{t('start.saved')}</p>
          {found.documents.length > 0 && (
            <>
              <h2>{toldOfWay('papers')}</h2>
              <ul>{found.documents.map((one) => <li key={one}>{one}</li>)}</ul>
              <p class="quiet">{toldOfWay('papers_note')}</p>
            </>
          )}
          <p class="then"><b>{t('case.next')}</b> {t('start.then')}</p>
          <p><button type="button" class="ds-button" disabled={busy} onClick={() => void open()}>{t('start.open')}</button></p>
          <p><a href={`/procedures/${name}?lang=${language.value}`} target="_self">{t('start.about')}</a></p>
        </Page>
      )}
    </Loaded>
  );
}
