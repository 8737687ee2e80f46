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
  const roles = session.value?.roles.map((grant) => grant.role) ?? [];
  return (
    <Loaded of={procedures}>
      {(all) => (
        <Loaded of={office}>
          {({ roles: known, today }) => {
            // An office that opens cases of its own, as a region does with its proposal for the quota, has a queue all the same.
            const isOffice = (role: string) => known.some((one) => one.role === role && one.kind === 'office');
            const isParty = (role: string) => all.some((one) => one.parties.includes(role));
            const offices = roles.filter((role) => isOffice(role) || !isParty(role));
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
