/** The voting page's state, and getting a ballot in over a bad network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast, pause } from '../src/ui/cast.ts';
import { type Reply, replyOf } from '../src/ui/http.ts';
import { fresh, readDraft, step, type VoteEvent, type VoteState, writeDraft } from '../src/ui/vote-state.ts';

const after = (state: VoteState, ...events: VoteEvent[]): VoteState => events.reduce(step, state);
const opened = after(fresh(3), { kind: 'slip' });

test('choosing again takes a grade back, another grade replaces it', () => {
  const one = after(opened, { kind: 'choose', grade: 1 });
  assert.deepEqual(one.choices, [1, null, null]);
  assert.deepEqual(after(one, { kind: 'choose', grade: 2 }).choices, [2, null, null]);
  assert.deepEqual(after(one, { kind: 'choose', grade: 1 }).choices, [null, null, null]);
});

test('the cards lead to the summary and back, and not before the first', () => {
  const next: VoteEvent = { kind: 'go', by: 1 };
  const previous: VoteEvent = { kind: 'go', by: -1 };
  assert.deepEqual(after(opened, previous).screen, { name: 'card', at: 0 });
  assert.deepEqual(after(opened, next, next).screen, { name: 'card', at: 2 });
  assert.deepEqual(after(opened, next, next, next).screen, { name: 'summary' });
  assert.deepEqual(after(opened, next, next, next, previous).screen, { name: 'card', at: 2 });
  assert.deepEqual(after(opened, { kind: 'summary' }, { kind: 'card', at: 1 }).screen, { name: 'card', at: 1 });
});

test('a ballot is sent from the summary only, and once in, its choices are gone', () => {
  const chosen = after(opened, { kind: 'choose', grade: 0 });
  assert.equal(after(chosen, { kind: 'send' }), chosen);
  const sending = after(chosen, { kind: 'summary' }, { kind: 'send' });
  assert.deepEqual(sending.screen, { name: 'sending', retry: undefined });
  assert.equal(after(sending, { kind: 'choose', grade: 1 }), sending);
  assert.equal(after(sending, { kind: 'go', by: -1 }), sending);
  const done = after(sending, { kind: 'in', word: '青松 37', tracker: 't', replaced: false, agrees: true });
  assert.equal(done.screen.name, 'done');
  assert.deepEqual(done.choices, [null, null, null]);
});

test('after a refusal the same ballot may be sent again or looked over', () => {
  const refused = after(opened, { kind: 'choose', grade: 0 }, { kind: 'summary' }, { kind: 'send' }, { kind: 'refused', code: 'not_open', message: 'm' });
  assert.deepEqual(refused.choices, [0, null, null]);
  assert.equal(after(refused, { kind: 'send' }).screen.name, 'sending');
  assert.equal(after(refused, { kind: 'summary' }).screen.name, 'summary');
});

test('handing back leads back to where one was, unless it is done', () => {
  const asked = after(opened, { kind: 'go', by: 1 }, { kind: 'back' });
  assert.deepEqual(after(asked, { kind: 'leave' }).screen, { name: 'card', at: 1 });
  assert.equal(after(asked, { kind: 'back-sent' }, { kind: 'leave' }).screen.name, 'back');
  assert.deepEqual(after(asked, { kind: 'back-sent' }, { kind: 'back-failed', problem: 'p' }, { kind: 'leave' }).screen, { name: 'card', at: 1 });
  assert.equal(after(asked, { kind: 'backed' }).screen.name, 'backed');
});

test('wiping leaves the page as it was before anybody came', () => {
  assert.deepEqual(after(opened, { kind: 'choose', grade: 0 }, { kind: 'summary' }, { kind: 'wipe' }), fresh(3));
});

test('a draft comes back only where it fits', () => {
  const draft = { code: 'W4A258S8P4EJKAP5', choices: [0, null, 2], at: 3 };
  assert.deepEqual(readDraft(writeDraft(draft), [3, 3, 3]), draft);
  for (const grades of [[3, 3], [3, 3, 2], [3, 3, 3, 3]]) assert.equal(readDraft(writeDraft(draft), grades), undefined);
  for (const text of [null, '', '{', '[]', '{"code":1,"choices":[],"at":0}']) assert.equal(readDraft(text, [3, 3, 3]), undefined);
});

/** Plays a server from a list of replies; tells what was sent and how long was waited. */
async function play(replies: Reply[]): Promise<{ end: unknown; sent: string[]; waits: string[] }> {
  const sent: string[] = [];
  const waits: string[] = [];
  let seals = 0;
  const end = await cast({
    seal: () => {
      seals += 1;
      return { json: `ballot ${seals}`, tracker: `tracker ${seals}` };
    },
    send: (json) => {
      sent.push(json);
      return Promise.resolve(replies.shift() as Reply);
    },
    wait: (seconds, why) => {
      waits.push(`${why} ${seconds}`);
      return Promise.resolve();
    },
  });
  return { end, sent, waits };
}

const silence: Reply = { kind: 'silence' };
const refusal = (code: string): Reply => ({ kind: 'refused', code, message: code });
const taken = (done: string): Reply => ({ kind: 'answer', value: { done, word: '青松 37' }, date: undefined });

test('without an answer the same bytes are sent again, after 1, 2, 4, 8 and 8 seconds', async () => {
  const { end, sent, waits } = await play([silence, silence, refusal('busy'), silence, silence, taken('same')]);
  assert.deepEqual(new Set(sent), new Set(['ballot 1']));
  assert.deepEqual(waits, ['silence 1', 'silence 2', 'busy 4', 'silence 8', 'silence 8']);
  assert.deepEqual(end, { kind: 'in', replaced: false, word: '青松 37', ballot: { json: 'ballot 1', tracker: 'tracker 1' } });
  assert.equal(pause(30), 8);
});

test('a word code already taken makes it seal again at once', async () => {
  const { end, sent, waits } = await play([refusal('same_word'), refusal('same_word'), taken('replaced')]);
  assert.deepEqual(sent, ['ballot 1', 'ballot 2', 'ballot 3']);
  assert.deepEqual(waits, []);
  assert.deepEqual(end, { kind: 'in', replaced: true, word: '青松 37', ballot: { json: 'ballot 3', tracker: 'tracker 3' } });
});

test('any other refusal is the last word', async () => {
  for (const code of ['not_open', 'closed', 'other_round', 'no_such_slip', 'handed_back', 'not_proper', 'too_long']) {
    const { end, sent } = await play([refusal(code)]);
    assert.deepEqual(end, { kind: 'refused', code, message: code });
    assert.equal(sent.length, 1);
  }
});

test('only our own refusals count as such; a gateway in trouble is asked again', () => {
  assert.deepEqual(replyOf(409, { error: 'closed', message: '已截止' }), { kind: 'refused', code: 'closed', message: '已截止' });
  assert.deepEqual(replyOf(503, { error: 'busy', message: '正在排队' }), { kind: 'refused', code: 'busy', message: '正在排队' });
  for (const [status, value] of [[500, { error: 'failed', message: 'x' }], [502, { error: 'closed', message: 'x' }], [404, 'not found'], [400, {}], [302, {}], [200, null]] as const) {
    assert.deepEqual(replyOf(status, value), silence);
  }
});
