// The whole way in its order: procedures that follow one another, as the law declares them, and in each the acts of all who take part.
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../../api/client';
import { useData } from '../../api/data';
import { outcome } from '../../api/problem';
import { WaySteps } from '../../case/way_steps';
import { Loaded } from '../../parts/loaded';
import { t } from '../../words/words';

function Steps({ procedure: name }: { procedure: string }) {
  const procedure = useData(() => outcome(api.GET('/api/v1/procedures/{procedure}', { params: { path: { procedure: name } } })), [name]);
  return (
    <Loaded of={procedure}>
      {(found) => <WaySteps procedure={found} />}
    </Loaded>
  );
}

export default function Way({ procedures, way }: { procedures: Schemas['Procedures']; way: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const parts = way.flatMap((name) => procedures.find((one) => one.procedure === name) ?? []);
  if (parts.length < way.length || parts.length === 0) return null;
  return (
    <section class="section way">
      <h2>{t('desk.way')}</h2>
      <ol class="way__parts">
        {parts.map((one) => (
          <li key={one.procedure}>
            <a href={`/app/start/${one.procedure}`}>{one.label}</a>
            {open && <Steps procedure={one.procedure} />}
          </li>
        ))}
      </ol>
      {!open && <button type="button" class="plain" onClick={() => setOpen(true)}>{t('desk.way_steps')}</button>}
    </section>
  );
}
