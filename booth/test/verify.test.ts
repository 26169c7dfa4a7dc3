/** One tampering per check: each is refused, and for the reason it should be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BallotFault, deriveCredential, parseCredentials, parseElection, verifyBallot } from '../src/index.ts';
import { sha256Base64 } from '../src/hash.ts';
import { proveKnowledge } from '../src/proof.ts';
import { randomScalar } from '../src/random.ts';
import { Q } from '../src/scalar.ts';
import { vectors, vote } from './support.ts';

const election = parseElection(vectors.election_json);
const credentials = parseCredentials(vectors.public_credentials_json);
const original = vectors.ballots[0]?.json ?? '';
const owner = vectors.credentials.find(({ private: p }) => p === vectors.ballots[0]?.private_credential);

interface Wire {
  election_uuid: string;
  election_hash: string;
  credential: string;
  answers: {
    choices: { alpha: string; beta: string }[];
    individual_proofs: { challenge: string; response: string }[][];
    overall_proof: { challenge: string; response: string }[];
    blank_proof?: { challenge: string; response: string }[];
  }[];
  signature?: { hash: string; proof: { challenge: string; response: string } };
}

/** The ballot after a change, signed again by its owner so that only the change is wrong. */
function changed(change: (ballot: Wire) => void): string {
  const ballot = JSON.parse(original) as Wire;
  delete ballot.signature;
  change(ballot);
  const hash = sha256Base64(JSON.stringify(ballot));
  const secret = BigInt(owner?.secret_exponent ?? '');
  return JSON.stringify({ ...ballot, signature: { hash, proof: proveKnowledge(`sig|${hash}|`, secret, randomScalar) } });
}

function refused(json: string, reason: BallotFault, question?: number, choice?: number): void {
  assert.ok(json !== original, 'nothing was changed');
  const place = { ...(question === undefined ? {} : { question }), ...(choice === undefined ? {} : { choice }) };
  assert.deepEqual(verifyBallot(json, election, credentials), { ok: false, reason, ...place });
}

const plusOne = (text: string): string => ((BigInt(text) + 1n) % Q).toString();

test('signing again without a change is accepted, so each refusal below is due to its change', () => {
  assert.equal(verifyBallot(changed(() => undefined), election, credentials).ok, true);
});

test('a change in any proof is refused at its place', () => {
  for (const part of ['challenge', 'response'] as const) {
    for (const question of [0, 1]) {
      for (let choice = 0; choice < 3 + question; choice += 1) {
        for (const entry of [0, 1]) {
          refused(changed(({ answers }) => {
            const proof = answers[question]?.individual_proofs[choice]?.[entry];
            if (proof !== undefined) proof[part] = plusOne(proof[part]);
          }), 'individual-proof', question, choice);
        }
      }
      for (const entry of [0, 1]) {
        refused(changed(({ answers }) => {
          const proof = answers[question]?.overall_proof[entry];
          if (proof !== undefined) proof[part] = plusOne(proof[part]);
        }), 'overall-proof', question);
      }
    }
    for (const entry of [0, 1]) {
      refused(changed(({ answers }) => {
        const proof = answers[1]?.blank_proof?.[entry];
        if (proof !== undefined) proof[part] = plusOne(proof[part]);
      }), 'blank-proof', 1);
    }
  }
});

test('ciphertexts exchanged between choices are refused', () => {
  refused(changed(({ answers }) => answers[0]?.choices.reverse()), 'individual-proof', 0, 0);
});

test('a row of another voter is refused', () => {
  const other = JSON.parse(vectors.ballots[1]?.json ?? '') as Wire;
  refused(changed((ballot) => { ballot.answers[0] = other.answers[0] as Wire['answers'][0]; }), 'individual-proof', 0, 0);
});

test('elements in another spelling or outside the group are refused', () => {
  const bad = vectors.group.decoding.filter(({ strict }) => strict !== 'accept').map(({ element }) => element);
  assert.equal(bad.length, 40);
  for (const element of bad) {
    refused(changed(({ answers }) => { if (answers[0]?.choices[1]) answers[0].choices[1].alpha = element; }), 'element', 0, 1);
  }
  refused(changed(({ answers }) => {
    const choice = answers[1]?.choices[2];
    if (choice !== undefined) choice.beta = choice.beta.toUpperCase();
  }), 'element', 1, 2);
});

test('numbers that are not canonical scalars are refused in every proof', () => {
  const spellings = [(n: string) => `0${n}`, (n: string) => (BigInt(n) + Q).toString(), (n: string) => `0x${BigInt(n).toString(16)}`, () => Q.toString()];
  for (const spell of spellings) {
    refused(changed(({ answers }) => {
      const proof = answers[0]?.individual_proofs[2]?.[1];
      if (proof !== undefined) proof.challenge = spell(proof.challenge);
    }), 'scalar', 0, 2);
    refused(changed(({ answers }) => {
      const proof = answers[1]?.overall_proof[0];
      if (proof !== undefined) proof.response = spell(proof.response);
    }), 'scalar', 1);
    refused(changed(({ answers }) => {
      const proof = answers[1]?.blank_proof?.[0];
      if (proof !== undefined) proof.challenge = spell(proof.challenge);
    }), 'scalar', 1);
    const ballot = JSON.parse(original) as Required<Wire>;
    ballot.signature.proof.response = spell(ballot.signature.proof.response);
    refused(JSON.stringify(ballot), 'signature');
  }
});

test('a changed signature is refused', () => {
  for (const part of ['challenge', 'response'] as const) {
    const ballot = JSON.parse(original) as Required<Wire>;
    ballot.signature.proof[part] = plusOne(ballot.signature.proof[part]);
    refused(JSON.stringify(ballot), 'signature');
  }
  const ballot = JSON.parse(original) as Required<Wire>;
  ballot.signature.hash = `A${ballot.signature.hash.slice(1)}`;
  refused(JSON.stringify(ballot), 'signature-hash');
  const moved = JSON.parse(original) as Required<Wire>;
  moved.signature = (JSON.parse(vectors.ballots[1]?.json ?? '') as Required<Wire>).signature;
  refused(JSON.stringify(moved), 'signature-hash');
});

test('another listed credential on the ballot is refused', () => {
  refused(changed((ballot) => { ballot.credential = vectors.credentials[1]?.public ?? ''; }), 'signature');
});

test('a credential that is not on the list is refused', () => {
  refused(vote(vectors.election_json, 'RbAom-FkiJfT-aSry4-BrRMs3', [0, 0]), 'credential');
  const upper = changed((ballot) => { ballot.credential = ballot.credential.toUpperCase(); });
  refused(upper, 'credential');
});

test('a ballot for another election is refused', () => {
  refused(changed((ballot) => { ballot.election_hash = sha256Base64('another'); }), 'election');
  refused(changed((ballot) => { ballot.election_uuid = 'Sh3Pm17XNPXeBA'; }), 'election');
});

test('anything but the canonical bytes is refused', () => {
  refused(`${original}\n`, 'canonical');
  refused(` ${original}`, 'canonical');
  refused(original.replace('{"election_uuid"', '{"weight":"2","election_uuid"'), 'canonical');
  refused(original.replace('"credential":', '"credential":"x","credential":'), 'canonical');
  refused(original.replace('"credential"', '"\\u0063redential"'), 'canonical');
  refused(original.replace('{"alpha"', '{"gamma":"1","alpha"'), 'canonical');
  refused(original.replace('{"challenge"', '{"a":[],"challenge"'), 'canonical');
  refused(original.replace(/("election_uuid":"\w+"),("election_hash":"[^"]+")/, '$2,$1'), 'canonical');
});

test('rows, choices and proofs must be as many as the questions ask', () => {
  const shape = (change: (ballot: Wire) => void, question?: number): void => refused(changed(change), 'shape', question);
  shape(({ answers }) => answers.pop());
  shape(({ answers }) => answers.push(answers[0] as Wire['answers'][0]));
  shape(({ answers }) => answers[0]?.choices.pop(), 0);
  shape(({ answers }) => answers[0]?.individual_proofs.pop(), 0);
  shape(({ answers }) => answers[0]?.individual_proofs[0]?.pop(), 0);
  shape(({ answers }) => answers[0]?.overall_proof.push(answers[0].overall_proof[0] as never), 0);
  // A counted blank without its proof would break the count later on.
  shape(({ answers }) => { delete answers[1]?.blank_proof; }, 1);
  shape(({ answers }) => { (answers[0] as Wire['answers'][0]).blank_proof = answers[1]?.blank_proof as never; }, 0);
});

test('text that is no ballot is refused without throwing', () => {
  for (const text of ['', 'x', 'null', '[]', '{}', '0', '"x"', '{"answers":1}', '['.repeat(100000)]) {
    refused(text, 'shape');
  }
});

test('a credential list with weights, repeats or other things is refused', () => {
  const one = deriveCredential('5nWzkvMDq3hyuE', 'MvQxQ-ceM7Df-vDjU7-1SvygE').publicCredential;
  assert.equal(parseCredentials(JSON.stringify([one])).size, 1);
  for (const list of [[one, one], [`${one},2`], [one.toUpperCase()], [1], { one }]) {
    assert.throws(() => parseCredentials(JSON.stringify(list)), { code: 'credentials' });
  }
});
