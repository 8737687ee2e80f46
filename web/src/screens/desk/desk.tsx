import { useOffice } from '../../session/office';
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
  const office = useOffice();
  const grants = session.value?.roles ?? [];
  const roles = grants.map((grant) => grant.role);
  return (
    <Loaded of={procedures}>
      {(all) => (
        <Loaded of={office}>
          {({ today }) => {
            // An office that opens cases of its own, as a region does with its proposal for the quota, has a queue all the same.
            const isParty = (role: string) => all.some((one) => one.parties.includes(role));
            const offices = grants.filter((grant) => grant.queue).map((grant) => grant.role);
            return (
              <Page wide title={t('desk.title')} lead={session.value?.name}>
                {offices.length > 0 && <Queue roles={offices} />}
                {roles.filter(isParty).map((role) => (
                  <MyCases key={role} role={role} today={today} procedures={all.filter((one) => one.parties.includes(role))} onlyBegin={offices.includes(role)} />
                ))}
              </Page>
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}
