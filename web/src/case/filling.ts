// Filling in what a form or an action asks: what is typed, kept as a draft, and sent under the version it was typed for.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api/client';
import { outcome, type Problem } from '../api/problem';
import { readDraft, useDraft, type DraftState } from '../form/draft';
import type { FormError } from '../form/error_summary';
import { askedOf, readForm, valuesOf, type Asked, type Said, type Values } from '../form/values';
import { t } from '../words/words';
import { loadCase, type CaseData, type Sheet } from './case_data';

const trialRestMs = 600;

export interface Filling {
  asked: Asked[];
  values: Values;
  change: (values: Values) => void;
  errors: FormError[];
  /** Grows when errors are shown anew, so that the summary takes the focus. */
  turn: number;
  draft: DraftState;
  restored: boolean;
  discard: () => void;
  said: () => Said | null;
  refuse: (problem: Problem) => void;
  /** The case under which is sent; another one after a conflict. */
  data: CaseData;
  conflict: CaseData | null;
  settle: (keepMine: boolean) => void;
}

/** Problems of the server at the fields where they belong: "/facts/workers/0/person/name" and "workers[0].person.name" alike. */
export function errorsOf(problem: Problem): FormError[] {
  if (problem.problems.length === 0) return [{ path: '', message: problem.detail }];
  return problem.problems.map((one) => ({ path: one.path, message: one.message }));
}

export function useFilling(place: string, first: CaseData, paths: readonly string[]): Filling {
  const [data, setData] = useState(first);
  const asked = useMemo(() => askedOf(data.fields, paths), [data, paths.join(' ')]);
  const stored = useMemo(() => valuesOf(data.seen.case.facts), [data]);
  const [values, setValues] = useState<Values>(stored);
  const [typed, setTyped] = useState<Values | null>(null);
  const [restored, setRestored] = useState(false);
  const [errors, setErrors] = useState<FormError[]>([]);
  const [turn, setTurn] = useState(0);
  const [conflict, setConflict] = useState<CaseData | null>(null);
  const draft = useDraft(place, typed, data.seen.case.version);

  // A language that is changed brings new labels; what is typed stays.
  useEffect(() => setData((now) => (first.seen.case.version >= now.seen.case.version ? first : now)), [first]);
  useEffect(() => {
    let current = true;
    void readDraft(place).then((kept) => {
      if (!current || kept === null) return;
      setValues((now) => ({ single: { ...now.single, ...kept.values.single }, lists: { ...now.lists, ...kept.values.lists } }));
      setRestored(true);
    });
    return () => {
      current = false;
    };
  }, [place]);

  function change(next: Values) {
    setValues(next);
    setTyped(next);
  }
  function show(list: FormError[]) {
    setErrors(list);
    setTurn((n) => n + 1);
  }
  return {
    asked, values, change, errors, turn, draft, restored, data, conflict,
    discard: () => {
      setValues(stored);
      setTyped(stored);
      setRestored(false);
    },
    said: () => {
      const known = new Set(data.seen.case.facts.filter((fact) => fact.source === 'declared').map((fact) => fact.path));
      const said = readForm(asked, values, known);
      show(said.problems.map(({ path, wrong, holes }) => ({ path, message: t(wrong, holes) })));
      return said.problems.length > 0 ? null : said;
    },
    refuse: (problem) => {
      if (problem.refusal !== 'stale') return show(errorsOf(problem));
      void loadCase(data.seen.case.id).then((now) => {
        if (now.ok) setConflict(now.data);
        else show(errorsOf(now.problem));
      });
    },
    settle: (keepMine) => {
      if (conflict === null) return;
      setData(conflict);
      if (!keepMine) {
        const theirs = valuesOf(conflict.seen.case.facts);
        setValues(theirs);
        setTyped(theirs);
      }
      setConflict(null);
    },
  };
}

/** What it would come to: the same sheet with what is typed, a moment after the last key. Null while what is typed cannot be taken. */
export function useTrial(filling: Filling, wanted: boolean): Sheet | null {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const turn = useRef(0);
  useEffect(() => {
    if (!wanted) return;
    const mine = ++turn.current;
    const timer = setTimeout(() => {
      const said = readForm(filling.asked, filling.values, new Set());
      if (said.problems.length > 0) return setSheet(null);
      const path = { case: filling.data.seen.case.id };
      void outcome(api.POST('/api/v1/cases/{case}/trial', { params: { path }, body: { facts: said.facts as Record<string, never> } })).then((tried) => {
        if (turn.current === mine) setSheet(tried.ok ? tried.data : null);
      });
    }, trialRestMs);
    return () => clearTimeout(timer);
  }, [filling.values, filling.data, wanted]);
  return sheet;
}
