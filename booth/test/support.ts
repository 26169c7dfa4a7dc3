/** What the tests share: the vectors, an election of one's own, and scripted randomness. */
import { readFileSync } from 'node:fs';
import { BallotMaker, deriveCredential, generateCredential, generateTrustee, type Question } from '../src/index.ts';
import { canonical } from '../src/json.ts';

type Draws = [string, string][];

export interface BallotVector {
  private_credential: string;
  choice: number[][];
  randomness: Draws;
  fiat_shamir: { use: string; preimage: string; sha256: string; value_mod_q: string }[];
  json: string;
  signature_hash: string;
  tracker: string;
}

export interface Vectors {
  group: {
    generator: string;
    identity: string;
    multiples_of_generator: { k: string; element: string }[];
    addition: { a: string; b: string; a_times_b: string; a_over_b: string };
    decoding: { element: string; strict: string; why: string }[];
  };
  credentials: { private: string; uuid: string; secret_exponent: string; public: string }[];
  election_json: string;
  election_fingerprint: string;
  trustee: { secret: string; w: string; json: string };
  public_credentials_json: string;
  ballots: BallotVector[];
  encrypted_tally_json: string;
  partial_decryptions: { secret: string; public_key: string; json: string; randomness: Draws }[];
}

// Tests run with booth/ as the working directory.
export const vectors = JSON.parse(readFileSync('test/vectors/ed25519.json', 'utf8')) as Vectors;

/** Hands out these scalars one after another. */
export function scripted(values: readonly bigint[]): (() => bigint) & { left: () => number } {
  let at = 0;
  const draw = (): bigint => {
    const value = values[at];
    if (value === undefined) throw new Error('more randomness drawn than scripted');
    at += 1;
    return value;
  };
  return Object.assign(draw, { left: () => values.length - at });
}

/** An election with these questions, its key's secret, and three voters. */
export function room(questions: readonly Pick<Question, 'answers' | 'blank' | 'min' | 'max'>[]): {
  election: string;
  secret: string;
  voters: string[];
  credentials: string;
} {
  const uuid = '5nWzkvMDq3hyuE';
  const trustee = generateTrustee();
  const election = canonical({
    version: 1,
    description: '测试 "/" \u007f',
    name: '民主评议党员',
    group: 'Ed25519',
    public_key: (JSON.parse(trustee.json) as { public_key: string }).public_key,
    questions: questions.map(({ answers, blank, max, min }, i) => ({
      answers,
      blank,
      min,
      max,
      question: `党员${i + 1}`,
    })),
    uuid,
  });
  const voters = [generateCredential(), generateCredential(), generateCredential()];
  const credentials = canonical(voters.map((voter) => deriveCredential(uuid, voter).publicCredential));
  return { election, secret: trustee.secret, voters, credentials };
}

/** A finished ballot with these answers. */
export function vote(election: string, voter: string, answers: readonly (number | null)[]): string {
  const maker = new BallotMaker(election, voter);
  answers.forEach((answer, index) => maker.encryptRow(index, answer));
  return maker.finish().json;
}
