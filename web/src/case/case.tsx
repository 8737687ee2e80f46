import { Loaded } from '../parts/loaded';
import { kindOfRole, useCase } from './case_data';
import { OfficeCase } from './office_case';
import { PartyCase } from './party_case';

/** One case of any procedure: for a party its tasks, for an office what it decides on. */
export default function CaseScreen({ case: id = '' }: { case?: string }) {
  const data = useCase(id);
  return (
    <Loaded of={data}>
      {(found) => (kindOfRole(found) === 'office' ? <OfficeCase data={found} reload={data.reload} /> : <PartyCase data={found} />)}
    </Loaded>
  );
}
