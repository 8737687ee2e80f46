import { lazy } from 'preact-iso';
import { api } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { Page } from '../../frame/page';
import { Loaded } from '../../parts/loaded';
import { session } from '../../session/session';
import { t } from '../../words/words';
import { MyCases } from './my_cases';

const Queue = lazy(() => import('../officer/queue'));

/** What is to be done, for whoever it is: the cases of a party with their clocks, the queue of an office, or both. */
export default function Desk() {
  const procedures = useData(() => outcome(api.GET('/api/v1/procedures')), []);
  const roles = session.value?.roles.map((grant) => grant.role) ?? [];
  return (
    <Loaded of={procedures}>
      {(all) => {
        const parties = new Set(all.flatMap((one) => one.parties));
        const own = roles.filter((role) => parties.has(role));
        const offices = roles.filter((role) => !parties.has(role));
        return (
          <Page wide title={t('desk.title')} lead={session.value?.name}>
            {offices.length > 0 && <Queue roles={offices} />}
            {own.map((role) => <MyCases key={role} role={role} procedures={all.filter((one) => one.parties.includes(role))} />)}
          </Page>
        );
      }}
    </Loaded>
  );
}
