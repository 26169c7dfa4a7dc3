/**
 * A public test ballot (docs/ROOM.md): sealed like any other, and sent with everything that opens it.
 *
 * Its slip is given up for it and never votes. Nothing a voter chooses comes here.
 */
import { BallotMaker } from './ballot.ts';
import type { Election } from './election.ts';
import { type RandomScalar, randomScalar } from './random.ts';
import type { Choice } from './row.ts';

/** The message to be sent, as JSON. `credential` is the spare slip's voting code. */
export function openedBallot(election: Election, credential: string, choices: readonly Choice[], random: RandomScalar = randomScalar): string {
  const maker = new BallotMaker(election, credential, random);
  const randomness = choices.map((choice, index) => maker.encryptRowOpenly(index, choice).map(String));
  return JSON.stringify({ ballot: maker.finish().json, choices, randomness });
}
