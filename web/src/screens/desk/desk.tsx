import { Page } from '../../frame/page';
import { t } from '../../words/words';

export default function Desk() {
  return <Page title={t('desk.title')} children={null} />;
}
