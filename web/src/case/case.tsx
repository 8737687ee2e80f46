import { lazy } from 'preact-iso';
import { Loaded } from '../parts/loaded';
import { session } from '../session/session';
import { kindOfRole, useCase } from './case_data';

const office = () => import('./office_case');
const party = () => import('./party_case');
const OfficeCase = lazy(office);
const PartyCase = lazy(party);

/** One case of any procedure: for a party its tasks, for an office what it decides on. The page that the reader likely needs is fetched while
 * the case is asked for. */
export default function CaseScreen({ case: id = '' }: { case?: string }) {
  const data = useCase(id);
  void (session.value?.roles.some((grant) => grant.queue) ? office : party)().catch(() => undefined);
  return (
    <Loaded of={data}>
      {(found) => (kindOfRole(found) === 'office' ? <OfficeCase data={found} /> : <PartyCase data={found} reload={data.reload} />)}
    </Loaded>
  );
}
