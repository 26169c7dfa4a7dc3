/**
 * A stand-in for the room's server, for the browser test: the pages' templates filled in, the
 * bundles, and the routes of docs/ROOM.md with their exact JSON. It checks ballots with
 * dist/booth.js and keeps a record of every request. No use outside the test.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';

const booth = join(dirname(fileURLToPath(import.meta.url)), '../..');
const web = join(booth, '../crates/web');
const words = readFileSync(join(booth, '../crates/room/words.txt'), 'utf8').trim().split('\n');
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The box's id, as long as real ones are. */
export const BOX = '0b0f6a52-6d5c-4c3e-9c58-1a2b3c4d5e6f';

const core = runInThisContext(`${readFileSync(join(booth, 'dist/booth.js'), 'utf8')};PingyiBooth`);

const commands = {
  trustee: () => core.generateTrustee(),
  ballot({ election, credential, choices }) {
    const maker = new core.BallotMaker(election, credential);
    choices.forEach((choice, row) => maker.encryptRow(row, choice));
    return maker.finish();
  },
  decrypt: ({ election, encrypted_tally: tally, secret }) => ({ json: core.partialDecryption(core.parseElection(election), tally, secret) }),
  verify_ballot: ({ ballot, credentials, election }) => core.verifyBallot(ballot, core.parseElection(election), core.parseCredentials(credentials)),
  tally: ({ ballots, election }) => ({ json: core.recomputeTally(core.parseElection(election), ballots).json }),
};

/** A command of `booth-cli.mjs`, without starting a program for each. */
export const cli = (command) => commands[command.command](command);

/** Fills in an askama template: variables and `{% if kiosk %}…{% endif %}` alike. */
function page(name, values) {
  const escape = (text) => String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return readFileSync(join(web, 'templates/room', `${name}.html`), 'utf8')
    .replace(/\{% if (\w+) %\}([^{]*)\{% endif %\}/g, (_, variable, text) => (values[variable] ? text : ''))
    .replace(/\{\{ (\w+) \}\}/g, (_, variable) => {
      if (!(variable in values)) throw new Error(`no ${variable} for ${name}`);
      return escape(values[variable]);
    });
}

export function wordOf(json) {
  const digest = createHash('sha256').update(json).digest();
  return `${words[digest[0] & 0x7f]} ${String(digest.readUInt32BE(1) % 100).padStart(2, '0')}`;
}

/** An election with one key, as the fake room needs it: the server's part of the key is left out. */
export function electionOf(uuid, publicKey, rows, answers = ['好', '一般', '差']) {
  const questions = rows.map((question) => ({ answers, min: 0, max: 1, question }));
  return JSON.stringify({ version: 1, description: '', name: '2026 年民主评议党员', group: 'Ed25519', public_key: publicKey, questions, uuid });
}

/** Starts it. `room` is changed by the test as the evening goes on. */
export async function serve(room) {
  const log = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      log.push({ method: request.method, url: request.url, body, headers: request.headers });
      const failing = room.failures > 0 && request.method === 'POST';
      if (failing) room.failures -= 1;
      // Half of the failures lose the answer after the server has done its part.
      const answer = failing && room.failures % 2 === 0 ? undefined : answerTo(room, request, body);
      if (failing || answer === undefined) {
        request.socket.destroy();
        return;
      }
      const [status, type, text] = answer;
      response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
      response.end(text);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, log, stop: () => server.close() };
}

const json = (value, status = 200) => [status, 'application/json', JSON.stringify(value)];
const html = (text) => [200, 'text/html; charset=utf-8', text];
const refusal = (code, message) => json({ error: code, message }, 409);

function answerTo(room, { method, url }, body) {
  const path = url.split('?')[0];
  if (path === '/assets/style.css') return [200, 'text/css', readFileSync(join(web, 'assets/style.css'))];
  const asset = /^\/assets\/(booth|room-\w+)\.js$/.exec(path);
  if (asset) return [200, 'text/javascript', readFileSync(join(booth, 'dist', `${asset[1]}.js`))];
  const names = { title: '2026 年民主评议党员', branch: '第一教研室党支部', uuid: room.uuid };
  const key = /^\/k\/(\w+)(\/\w+)?$/.exec(path);
  if (key) return keyRoute(room, names, key[1], `${method} ${key[2] ?? ''}`, body);
  switch (`${method} ${path}`) {
    case `GET /b/${BOX}`:
      return html(page('vote', { ...names, box_id: BOX, kiosk: url.endsWith('?kiosk=1'), test: url.endsWith('?test=1'), election_json: Buffer.from(room.election).toString('base64') }));
    case `POST /b/${BOX}/cast`:
      return cast(room, body);
    case `POST /b/${BOX}/test`:
      room.tests.push(body);
      return room.refuse ? refusal(...room.refuse) : json({ done: 'tested' });
    case `POST /b/${BOX}/back`:
      room.backs.push(body);
      return json({ done: 'handed_back' });
    case 'GET /p/screen':
      return html(page('projector', { ...names, token: 'screen' }));
    case 'GET /p/screen/state':
      return json(room.projector);
    case 'GET /slips':
      return html(page('slips', { ...names, box_id: BOX, voters: room.voters, spares: room.spares, post_url: '/slips', csrf: 'token', back_url: '/box' }));
    case 'POST /slips':
      room.credentials = JSON.parse(body).credentials;
      return json({ done: 'slips' });
    default:
      return [404, 'text/plain', 'no such page'];
  }
}

function cast(room, body) {
  if (room.refuse) return refusal(...room.refuse);
  if (room.sameWord > 0) {
    room.sameWord -= 1;
    return refusal('same_word', '另一张票的校验码相同。');
  }
  const verdict = cli({ command: 'verify_ballot', election: room.election, credentials: JSON.stringify(room.credentials), ballot: body });
  if (!verdict.ok) return refusal(verdict.reason === 'credential' ? 'no_such_slip' : 'not_proper', '这张票条不属于本轮票箱。请核对票条，或向监票人另领一张。');
  const { credential } = JSON.parse(body);
  const before = room.ballots.get(credential);
  room.ballots.set(credential, body);
  return json({ done: before === undefined ? 'cast' : before === body ? 'same' : 'replaced', word: wordOf(body) });
}

function keyRoute(room, names, token, what, body) {
  const mine = room.keys[token];
  switch (what) {
    case 'GET ':
      return html(page('scrutineer', { ...names, token, name: mine.name, number: mine.number }));
    case 'GET /state':
      return json({ state: room.state, label: room.label, number: mine.number, name: mine.name, key: mine.document !== undefined, share: mine.share !== undefined, out: room.out, confirmed: mine.reason !== undefined, other_confirmed: false });
    case 'GET /board': {
      const ballots = [...room.ballots.values()];
      const tally = cli({ command: 'tally', election: room.election, ballots }).json;
      return json({ election: room.election, credentials: JSON.stringify(room.credentials), ballots, tally: room.spoil ? room.spoil(tally) : tally });
    }
    case 'POST /key':
      mine.document = body;
      return json({ done: 'key' });
    case 'POST /share':
      mine.share = body;
      return json({ done: 'share' });
    default:
      mine.reason = JSON.parse(body).reason;
      return json({ done: 'confirmed' });
  }
}
