import { lazy } from 'preact-iso';
import { Loaded } from '../parts/loaded';
import { session } from '../session/session';
import { kindOfRole, useCase } from './case_data';
import { PartyCase } from './party_case';

const office = () => import('./office_case');
const OfficeCase = lazy(office);

/** One case of any procedure: for a party its tasks, for an office what it decides on. An office's page is fetched while the case is asked for. */
export default function CaseScreen({ case: id = '' }: { case?: string }) {
  const data = useCase(id);
  if (session.value?.roles.some((grant) => grant.queue)) void office();
  return (
    <Loaded of={data}>
      {(found) => (kindOfRole(found) === 'office' ? <OfficeCase data={found} /> : <PartyCase data={found} reload={data.reload} />)}
    </Loaded>
  );
}
