/** Asking the server: an answer, a refusal in its own words, or no answer. Never throws. */

/** What came of a request. */
export type Reply =
  | { readonly kind: 'answer'; readonly value: Record<string, unknown>; readonly date: string | undefined }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'silence' };

const PATIENCE = 15_000;

/** `GET` of JSON, giving up after some seconds. */
export function ask(url: string, patience = PATIENCE): Promise<Reply> {
  return request(url, { method: 'GET' }, patience);
}

/** `POST` of these exact bytes (text) as JSON. */
export function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Reply> {
  return request(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
}

async function request(url: string, options: RequestInit, patience = PATIENCE): Promise<Reply> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), patience);
  try {
    const response = await fetch(url, { ...options, cache: 'no-store', credentials: 'same-origin', signal: limit.signal });
    const value: unknown = await response.json();
    return replyOf(response.status, value, response.headers.get('Date') ?? undefined);
  } catch {
    return { kind: 'silence' };
  } finally {
    clearTimeout(timer);
  }
}

/** Sorts an answer; what is neither an answer nor a refusal of ours counts as silence. */
export function replyOf(status: number, value: unknown, date?: string): Reply {
  if (typeof value !== 'object' || value === null) return { kind: 'silence' };
  const fields = value as Record<string, unknown>;
  if (status === 200) return { kind: 'answer', value: fields, date };
  const { error, message } = fields;
  // A server in trouble (5xx) may be asked again; only 4xx is its last word, and `busy` it says itself.
  if (typeof error !== 'string' || status < 400 || (status >= 500 && error !== 'busy')) return { kind: 'silence' };
  return { kind: 'refused', code: error, message: typeof message === 'string' ? message : '服务器没有接受。请告诉监票人。' };
}
