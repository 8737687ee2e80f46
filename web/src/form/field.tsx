import { Combobox } from './combobox';
import type { Field, Fields } from './values';
import { t } from '../words/words';

/** So many choices are shown at once; more become a native list to pick from. */
const radiosMax = 5;
/** A longer list is searched by typing. */
const selectMax = 25;

export interface FieldProps {
  field: Field;
  choices: Fields['choices'];
  id: string;
  value: string;
  error?: string;
  /** In a row of many, the label stands without question and help. */
  compact?: boolean;
  change: (text: string) => void;
}

interface Choice {
  code: string;
  label: string;
}

function choicesOf({ field, choices }: FieldProps): Choice[] {
  const own =
    field.kind === 'yes_no' ? [{ code: 'yes', label: t('form.yes') }, { code: 'no', label: t('form.no') }] : (choices[field.choices ?? ''] ?? []);
  return field.or_none ? [...own, { code: 'none', label: t('form.none') }] : own;
}

function Radios(props: FieldProps & { options: Choice[] }) {
  return (
    <fieldset class="field" id={props.id} tabIndex={-1} aria-describedby={described(props)} data-wrong={props.error ? true : undefined}>
      <legend>{props.compact ? props.field.label : props.field.question}</legend>
      <Notes {...props} />
      <div class={props.options.length <= 3 ? 'radios radios--row' : 'radios'}>
        {props.options.map((option) => (
          <label key={option.code} class="radio">
            <input type="radio" class="ds-input" name={props.id} value={option.code} checked={props.value === option.code}
              onChange={() => props.change(option.code)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function described({ id, field, error, compact }: FieldProps): string | undefined {
  const ids = [field.help !== '' && !compact ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

function Notes({ id, field, error, compact }: FieldProps) {
  return (
    <>
      {field.help !== '' && !compact && <p class="field__help" id={`${id}-help`}>{field.help}</p>}
      {error && <p class="field__error" id={`${id}-error`}><span aria-hidden="true">! </span>{error}</p>}
    </>
  );
}

const keyboards = ['none', 'text', 'tel', 'url', 'email', 'numeric', 'decimal', 'search'] as const;

/** Which keys a telephone offers, as the server declares it for texts that are written in one way. */
function keysOf(field: Field): (typeof keyboards)[number] | undefined {
  return keyboards.find((one) => one === field.mode);
}

function Input(props: FieldProps) {
  const { field, id, value, change } = props;
  const shared = { id, class: 'ds-input', 'aria-describedby': described(props), 'aria-invalid': props.error ? (true as const) : undefined };
  const isNone = value === 'none';
  const options = field.kind === 'choice' || field.kind === 'yes_no' ? choicesOf(props) : [];
  if (options.length > selectMax) {
    return (
      <Combobox id={id} label={field.label} options={options} value={value} wrong={props.error !== undefined} described={described(props)} change={change} />
    );
  }
  if (options.length > 0) {
    return (
      <select {...shared} value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">{t('form.choose')}</option>
        {options.map((option) => <option key={option.code} value={option.code}>{option.label}</option>)}
      </select>
    );
  }
  const isWhole = field.kind === 'whole' || field.kind === 'days';
  const isDecimal = field.kind === 'decimal' || field.kind === 'money';
  const mode = isWhole ? 'numeric' : isDecimal ? 'decimal' : keysOf(field);
  const unit = field.kind === 'money' ? '₸' : field.kind === 'days' ? t('form.days') : '';
  return (
    <div class="field__line">
      {field.kind === 'date' ? (
        <input {...shared} type="date" value={isNone ? '' : value} disabled={isNone} onInput={(event) => change(event.currentTarget.value)} />
      ) : (
        <input {...shared} type="text" inputMode={mode} pattern={field.pattern} autocomplete="off" data-kind={field.kind} value={isNone ? '' : value}
          disabled={isNone} onInput={(event) => change(event.currentTarget.value)} />
      )}
      {unit !== '' && <span class="field__unit">{unit}</span>}
      {field.or_none && (
        <label class="radio">
          <input type="checkbox" class="ds-input" checked={isNone} onChange={(event) => change(event.currentTarget.checked ? 'none' : '')} />
          <span>{t('form.none')}</span>
        </label>
      )}
    </div>
  );
}

/** One fact as people fill it in, whatever its kind. */
export function FieldView(props: FieldProps) {
  const options = props.field.kind === 'choice' || props.field.kind === 'yes_no' ? choicesOf(props) : [];
  if (!props.compact && options.length > 0 && options.length <= radiosMax) return <Radios {...props} options={options} />;
  return (
    <div class="field" data-wrong={props.error ? true : undefined}>
      <label for={props.id}>{props.compact ? props.field.label : props.field.question}</label>
      <Notes {...props} />
      <Input {...props} />
    </div>
  );
}
