// A case as it stands in the list: several parts of the desk look into the same one, and each look is a round trip.
import { api, type Schemas } from '../../api/client';
import { outcome, type Outcome } from '../../api/problem';
import type { Row } from './my_cases';

/** Fewer than are looked into at once would help nobody; of more the oldest are forgotten. */
const keptMax = 32;

type Seen = Outcome<Schemas['Seen']>;
const kept = new Map<string, Promise<Seen>>();

/** Only what its version decides is to be read from it: neither words nor what a day makes possible. */
export async function caseOf({ id, version }: Pick<Row, 'id' | 'version'>): Promise<Seen> {
  const key = `${id}/${version}`;
  const asked = kept.get(key) ?? outcome(api.GET('/api/v1/cases/{case}', { params: { path: { case: id } } }));
  kept.set(key, asked);
  const [oldest] = kept.keys();
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
  const seen = await asked;
  if (!seen.ok) kept.delete(key); // to be asked again
  return seen;
}
