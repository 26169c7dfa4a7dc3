/** The command-line bundle, as the cross tests use it: keys, ballots, check, tally, share. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { room } from './support.ts';

function ask(command: Record<string, unknown>): Record<string, unknown> {
  const { status, stdout } = spawnSync(process.execPath, ['dist/booth-cli.mjs'], { input: JSON.stringify(command), encoding: 'utf8' });
  const answer = JSON.parse(stdout) as Record<string, unknown>;
  assert.equal(status, 'error' in answer ? 1 : 0);
  return answer;
}

test('a small election goes through the commands', () => {
  const { credentials, election, secret, voters } = room([{ answers: ['好', '差'], blank: true, min: 1, max: 1 }]);
  const { json, tracker } = ask({ command: 'ballot', election, credential: voters[0], choices: [null] });
  assert.deepEqual(ask({ command: 'verify_ballot', election, credentials, ballot: json }), { ok: true, tracker });
  const stranger = ask({ command: 'credential', uuid: '5nWzkvMDq3hyuE' });
  const foreign = ask({ command: 'ballot', election, credential: stranger['private'], choices: [1] });
  assert.deepEqual(ask({ command: 'verify_ballot', election, credentials, ballot: foreign['json'] }), { ok: false, reason: 'credential' });
  const tally = ask({ command: 'tally', election, credentials, ballots: [json] });
  assert.equal(tally['num_tallied'], 1);
  const share = ask({ command: 'decrypt', election, encrypted_tally: tally['json'], secret });
  assert.match(String(share['json']), /^\{"decryption_factors":\[\["[0-9a-f]{64}"/);
  assert.match(String(ask({ command: 'trustee' })['json']), /^\{"pok":/);
});

test('a command that cannot be done answers with its code', () => {
  assert.equal(ask({ command: 'nothing' })['error'], 'command');
  assert.equal(ask({ command: 'ballot', election: '{}', credential: '', choices: [] })['error'], 'election');
});
