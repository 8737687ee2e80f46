// What went wrong, as the server tells it (RFC 9457) or as the network leaves it.
import type { Schemas } from './client';
import { t } from '../words/words';

export type Refusal = Schemas['Refusal'];

export interface Problem {
  status: number;
  detail: string;
  /** Stale: the case has moved on; the version that stands now. */
  refusal?: Refusal['refusal'];
  version?: number;
  problems: { path: string; message: string }[];
  failed: NonNullable<Refusal['failed']>;
}

/** Any body of an answer that is no success. */
export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Partial<Refusal>;
  return {
    status,
    detail: said.detail ?? t(status === 0 ? 'problem.network' : 'problem.unknown'),
    refusal: said.refusal,
    version: said.version,
    problems: said.problems ?? [],
    failed: said.failed ?? [],
  };
}

export type Outcome<T> = { ok: true; data: T; response: Response } | { ok: false; problem: Problem };

/** The answer, or what went wrong; never throws for a server or a network that fails. */
export async function outcome<T>(sent: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await sent;
    if (response.ok) return { ok: true, data: data as T, response };
    return { ok: false, problem: problemOf(response.status, error) };
  } catch {
    return { ok: false, problem: problemOf(0, null) };
  }
}
