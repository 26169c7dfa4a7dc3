/**
 * The one error the booth throws, with a stable code.
 *
 * It holds no sentence for a voter: pages translate the code.
 */

/** What was wrong. */
export type BoothErrorCode =
  /** No `crypto.getRandomValues` here: the booth must not go on. */
  | 'randomness'
  /** The election is not canonical JSON of the expected form. */
  | 'election'
  /** A private credential that cannot be read. */
  | 'credential'
  /** An answer the question does not allow. */
  | 'choice'
  /** A question number outside the election. */
  | 'question'
  /** Rows are missing, so the ballot cannot be signed yet. */
  | 'rows-missing'
  /** A scrutineer's secret that is not a scalar in `1..q-1`. */
  | 'secret'
  /** A stored encrypted tally that is not canonical or does not fit the election. */
  | 'tally'
  /** A credential list that is not one. */
  | 'credentials'
  /** A ballot that cannot be counted. */
  | 'ballot';

/** Thrown for input the booth refuses. */
export class BoothError extends Error {
  /** Stable code; the message only adds detail for a log. */
  readonly code: BoothErrorCode;

  constructor(code: BoothErrorCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'BoothError';
    this.code = code;
  }
}
