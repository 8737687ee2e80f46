import { FieldView } from './field';
import { ListField } from './list_field';
import type { Asked, Fields, Values } from './values';

/** All that is asked, in the order of the law. */
export function FormFields(props: {
  asked: readonly Asked[];
  choices: Fields['choices'];
  values: Values;
  errors: ReadonlyMap<string, string>;
  change: (values: Values) => void;
}) {
  const { asked, choices, values, errors, change } = props;
  return (
    <>
      {asked.map((one) =>
        'field' in one ? (
          <FieldView key={one.field.fact} field={one.field} choices={choices} id={one.field.fact} value={values.single[one.field.fact] ?? ''}
            error={errors.get(one.field.fact)}
            change={(text) => change({ ...values, single: { ...values.single, [one.field.fact]: text } })} />
        ) : (
          <ListField key={one.list} asked={one} choices={choices} members={values.lists[one.list]} errors={errors}
            change={(members) => change({ ...values, lists: { ...values.lists, [one.list]: members } })} />
        ),
      )}
    </>
  );
}
