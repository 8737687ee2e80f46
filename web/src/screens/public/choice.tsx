import { useId } from 'preact/hooks';

/** A native select with its label: it works with any finger, reader and language. */
export function Choice(props: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="pick">
      <label for={id} class="ds-label">{props.label}</label>
      <select id={id} class="ds-input" value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(({ value, label }) => <option key={value} value={value} selected={value === props.value}>{label}</option>)}
      </select>
    </div>
  );
}
