// What somebody types is kept on the server while it is typed, by account and place, so that neither an ended session nor another machine
// loses it. The law never reads it; what was sent properly forgets it.
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client';
import type { Values } from './values';

const restMs = 700;

interface Kept {
  values: Values;
  /** Of the case, when typing began. */
  version: number;
}

export async function readDraft(place: string): Promise<Kept | null> {
  const { data } = await api.GET('/api/v1/drafts/{place}', { params: { path: { place } } }).catch(() => ({ data: undefined }));
  const kept = data as Partial<Kept> | undefined;
  return kept?.values?.single && kept.values.lists ? (kept as Kept) : null;
}

export async function forgetDraft(place: string): Promise<void> {
  await api.PUT('/api/v1/drafts/{place}', { params: { path: { place } }, body: {} }).catch(() => undefined);
}

/** "saved", "saving", or "failed": what was typed stands only here. */
export type DraftState = 'none' | 'saving' | 'saved' | 'failed';

/** Saves a while after the last key; `values` is null until something was typed. */
export function useDraft(place: string, values: Values | null, version: number): DraftState {
  const [state, setState] = useState<DraftState>('none');
  useEffect(() => {
    if (values === null) return;
    setState('saving');
    const timer = setTimeout(() => {
      const body = { values, version } as unknown as Record<string, never>;
      void api
        .PUT('/api/v1/drafts/{place}', { params: { path: { place } }, body })
        .then(({ response }) => setState(response.ok ? 'saved' : 'failed'))
        .catch(() => setState('failed'));
    }, restMs);
    return () => clearTimeout(timer);
  }, [values]);
  return state;
}
