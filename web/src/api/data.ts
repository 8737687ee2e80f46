import { useCallback, useEffect, useState } from 'preact/hooks';
import { language } from '../words/words';
import type { Outcome, Problem } from './problem';

export interface Data<T> {
  data?: T;
  problem?: Problem;
  loading: boolean;
  /** Asks anew; what is shown stays until the answer is there. */
  reload: () => void;
  /** Puts in what is known already, such as the answer to an act. */
  put: (data: T) => void;
}

/** Asks when the screen opens, when one of `on` changes and when the language does. */
export function useData<T>(ask: () => Promise<Outcome<T>>, on: readonly unknown[]): Data<T> {
  const [state, setState] = useState<{ data?: T; problem?: Problem; loading: boolean }>({ loading: true });
  const [turn, setTurn] = useState(0);
  const code = language.value;
  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, loading: true }));
    void ask().then((answer) => {
      if (!current) return;
      setState(answer.ok ? { data: answer.data, loading: false } : { problem: answer.problem, loading: false });
    });
    return () => {
      current = false;
    };
  }, [...on, code, turn]);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const put = useCallback((data: T) => setState({ data, loading: false }), []);
  return { ...state, reload, put };
}
