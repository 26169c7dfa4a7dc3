/**
 * The booth behind standard input and output, for cross tests with the Rust side.
 *
 * One JSON command in, one JSON answer out; `{"error":…}` and exit status 1 if it cannot be
 * done. Not for use in a room: secrets pass through pipes.
 */
import { readFileSync } from 'node:fs';
import { BallotMaker } from './ballot.ts';
import { deriveCredential, generateCredential } from './credential.ts';
import { parseElection } from './election.ts';
import { BoothError } from './errors.ts';
import { isRecord, isString, parseJson } from './json.ts';
import type { Choice } from './row.ts';
import { recomputeTally } from './tally.ts';
import { generateTrustee, partialDecryption } from './trustee.ts';
import { parseCredentials, verifyBallot } from './verify.ts';

type Command = Record<string, unknown>;

const commands: Record<string, (command: Command) => unknown> = {
  credential: (command) => {
    const secret = generateCredential();
    return { private: secret, public: deriveCredential(text(command, 'uuid'), secret).publicCredential };
  },
  trustee: () => generateTrustee(),
  ballot: (command) => {
    const maker = new BallotMaker(text(command, 'election'), text(command, 'credential'));
    list(command, 'choices').forEach((choice, index) => maker.encryptRow(index, choice as Choice));
    return maker.finish();
  },
  decrypt: (command) => {
    const election = parseElection(text(command, 'election'));
    return { json: partialDecryption(election, text(command, 'encrypted_tally'), text(command, 'secret')) };
  },
  verify_ballot: (command) => {
    const election = parseElection(text(command, 'election'));
    const verdict = verifyBallot(text(command, 'ballot'), election, parseCredentials(text(command, 'credentials')));
    return verdict.ok ? { ok: true, tracker: verdict.ballot.tracker } : verdict;
  },
  tally: (command) => {
    const credentials = command['credentials'] === undefined ? undefined : parseCredentials(text(command, 'credentials'));
    const ballots = list(command, 'ballots').filter(isString);
    const tally = recomputeTally(parseElection(text(command, 'election')), ballots, credentials);
    return { json: tally.json, num_tallied: tally.numTallied };
  },
};

function text(command: Command, field: string): string {
  const value = command[field];
  if (!isString(value)) throw new TypeError(`${field} must be a string`);
  return value;
}

function list(command: Command, field: string): unknown[] {
  const value = command[field];
  if (!Array.isArray(value)) throw new TypeError(`${field} must be an array`);
  return value as unknown[];
}

function run(): unknown {
  const command = parseJson(readFileSync(0, 'utf8'));
  if (!isRecord(command) || !isString(command['command'])) throw new TypeError('no command');
  const action = new Map(Object.entries(commands)).get(command['command']);
  if (action === undefined) throw new TypeError('unknown command');
  return action(command);
}

try {
  process.stdout.write(`${JSON.stringify(run())}\n`);
} catch (error) {
  const code = error instanceof BoothError ? error.code : 'command';
  const detail = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ error: code, detail })}\n`);
  process.exitCode = 1;
}
