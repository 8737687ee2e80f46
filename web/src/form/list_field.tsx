import { useRef, useState } from 'preact/hooks';
import { t } from '../words/words';
import { FieldView } from './field';
import { membersOf, membersOfRows, type Pasted } from './paste';
import { memberPath, type Asked, type Fields, type Member } from './values';

interface ListProps {
  asked: Extract<Asked, { list: string }>;
  choices: Fields['choices'];
  /** None: nothing was said; an empty list says that there is nobody. */
  members: Member[] | undefined;
  errors: ReadonlyMap<string, string>;
  change: (members: Member[]) => void;
}

/** What was pasted or read says at once how much of it fits. */
function Paste({ asked, choices, members = [], change }: ListProps) {
  const [text, setText] = useState('');
  const [told, setTold] = useState<{ taken: number; unclear: Pasted['unclear'] } | 'unreadable' | null>(null);
  const details = useRef<HTMLDetailsElement>(null);

  function take(pasted: Pasted) {
    const kept = members.filter((member) => Object.values(member).some((one) => one !== ''));
    setTold({ taken: pasted.members.length, unclear: pasted.unclear.map((one) => ({ ...one, index: one.index + kept.length })) });
    change([...kept, ...pasted.members]);
    setText('');
  }
  async function read(file: File) {
    try {
      if (file.name.toLowerCase().endsWith('.xlsx')) {
        const { rowsOfXlsx } = await import('./xlsx');
        take(membersOfRows(await rowsOfXlsx(file), asked.fields, choices));
      } else {
        take(membersOf(new TextDecoder().decode(await file.arrayBuffer()), asked.fields, choices));
      }
    } catch {
      setTold('unreadable');
    }
  }
  return (
    <details class="paste" ref={details}>
      <summary>{t('form.paste')}</summary>
      <p class="quiet">{t('form.paste_text')} <b>{asked.fields.map(({ field }) => field.label).join(' · ')}</b></p>
      <label class="hidden" for={`${asked.list}-paste`}>{t('form.paste')}</label>
      <textarea id={`${asked.list}-paste`} class="ds-input" rows={4} value={text} onInput={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData?.getData('text/plain') ?? '';
          if (!pasted.includes('\t')) return;
          event.preventDefault();
          take(membersOf(pasted, asked.fields, choices));
        }} />
      <div class="buttons">
        <button type="button" class="ds-button" data-variant="secondary" disabled={text.trim() === ''}
          onClick={() => take(membersOf(text, asked.fields, choices))}>{t('form.paste_take')}</button>
        <label class="ds-button" data-variant="secondary">
          {t('form.paste_file')}
          <input type="file" class="hidden" accept=".xlsx,.csv,.tsv,.txt" onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void read(file);
            event.currentTarget.value = '';
          }} />
        </label>
      </div>
      <div role="status">
        {told === 'unreadable' && <p class="field__error">{t('form.paste_unreadable')}</p>}
        {told !== null && told !== 'unreadable' && <Told {...told} asked={asked} />}
      </div>
    </details>
  );
}

function Told({ taken, unclear, asked }: { taken: number; unclear: Pasted['unclear']; asked: ListProps['asked'] }) {
  return (
    <>
      <p>{t('form.paste_taken', { n: taken })}</p>
      {unclear.length > 0 && (
        <ul class="plain-list">
          {unclear.slice(0, 20).map((one) => (
            <li key={`${one.index}${one.rest}`}>
              <a href={`#${memberPath(asked.list, one.index, one.rest)}`} onClick={(event) => {
                event.preventDefault();
                document.getElementById(memberPath(asked.list, one.index, one.rest))?.focus();
              }}>{t('form.paste_unclear', { row: one.index + 1, column: asked.fields.find(({ rest }) => rest === one.rest)?.field.label ?? '', text: one.text })}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What is asked of each member of a list: member by member, or all at once from a spreadsheet. */
export function ListField(props: ListProps) {
  const { asked, choices, errors, change } = props;
  const isNobody = props.members?.length === 0;
  const members = props.members && props.members.length > 0 ? props.members : [{}];
  const put = (index: number, rest: string, text: string) =>
    change(members.map((member, at) => (at === index ? { ...member, [rest]: text } : member)));
  return (
    <section class="list" id={asked.list} tabIndex={-1} aria-labelledby={`${asked.list}-label`}>
      <h2 id={`${asked.list}-label`}>{asked.label}</h2>
      <label class="radio">
        <input type="checkbox" class="ds-input" id={`${asked.list}-nobody`} checked={isNobody} onChange={(event) => change(event.currentTarget.checked ? [] : [{}])} />
        <span>{t('form.nobody', { list: asked.label })}</span>
      </label>
      {!isNobody && <Paste {...props} members={members} />}
      {!isNobody && <ol class="members">
        {members.map((member, index) => (
          <li key={index}>
            <fieldset class="member">
              <legend>{t('form.member', { list: asked.label, n: index + 1 })}</legend>
              {asked.fields.map(({ rest, field }) => (
                <FieldView key={rest} compact field={field} choices={choices} id={memberPath(asked.list, index, rest)} value={member[rest] ?? ''}
                  error={errors.get(memberPath(asked.list, index, rest))} change={(text) => put(index, rest, text)} />
              ))}
              {members.length > 1 && (
                <button type="button" class="plain" onClick={() => change(members.filter((_, at) => at !== index))}>
                  {t('form.remove')}<span class="hidden"> {t('form.member', { list: asked.label, n: index + 1 })}</span>
                </button>
              )}
            </fieldset>
          </li>
        ))}
      </ol>}
      {!isNobody && <button type="button" class="ds-button" data-variant="secondary" onClick={() => {
        change([...members, {}]);
        requestAnimationFrame(() => document.getElementById(memberPath(asked.list, members.length, asked.fields[0]?.rest ?? ''))?.focus());
      }}>{t('form.add')}</button>}
    </section>
  );
}
