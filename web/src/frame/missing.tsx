import { t } from '../words/words';
import { Page } from './page';

export function Missing() {
  return (
    <Page title={t('missing.title')}>
      <p>{t('missing.text')}</p>
      <p><a class="ds-link" href="/app/">{t('missing.home')}</a></p>
    </Page>
  );
}
