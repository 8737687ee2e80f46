import { FormatValue } from '../form/format_value';
import type { Asked, Fields, Values } from '../form/values';
import { useArrival } from '../parts/arrival';
import { t } from '../words/words';

interface Difference {
  path: string;
  label: string;
  field?: Fields['fields'][number];
  mine: string;
  theirs: string;
}

/** Where what is typed and what the case says now are not the same. */
export function differencesOf(asked: readonly Asked[], mine: Values, theirs: Values): Difference[] {
  return asked.flatMap((one): Difference[] => {
    if ('field' in one) {
      const [a, b] = [mine.single[one.field.fact] ?? '', theirs.single[one.field.fact] ?? ''];
      return a === b ? [] : [{ path: one.field.fact, label: one.field.label, field: one.field, mine: a, theirs: b }];
    }
    const [a, b] = [mine.lists[one.list] ?? [], theirs.lists[one.list] ?? []];
    const told = (members: readonly Record<string, string>[]) => members.map((member) => one.fields.map(({ rest }) => member[rest] ?? '').join(', ')).join('\n');
    return told(a) === told(b) ? [] : [{ path: one.list, label: one.label, mine: told(a), theirs: told(b) }];
  });
}

/** Somebody else has gone on with the case meanwhile: both versions side by side, and nothing is lost whichever is kept. */
export function Stale(props: {
  differences: readonly Difference[];
  choices: Fields['choices'];
  keepMine: () => void;
  takeTheirs: () => void;
}) {
  const box = useArrival<HTMLElement>();
  return (
    <section ref={box} tabIndex={-1} class="ds-alert stale" data-color="warning" role="alert">
      <h2 class="ds-heading" data-size="2xs">{t('stale.title')}</h2>
      <p>{t(props.differences.length > 0 ? 'stale.text' : 'stale.same')}</p>
      {props.differences.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label={t('stale.title')}>
          <table class="ds-table" data-size="sm">
            <thead><tr><th scope="col">{t('stale.what')}</th><th scope="col">{t('stale.mine')}</th><th scope="col">{t('stale.theirs')}</th></tr></thead>
            <tbody>
              {props.differences.map((one) => (
                <tr key={one.path}>
                  <th scope="row">{one.label}</th>
                  <td><FormatValue field={one.field} choices={props.choices} text={one.mine} /></td>
                  <td><FormatValue field={one.field} choices={props.choices} text={one.theirs} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="buttons">
        <button type="button" class="ds-button" onClick={props.keepMine}>{t('stale.keep_mine')}</button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={props.takeTheirs}>{t('stale.take_theirs')}</button>
      </div>
    </section>
  );
}
