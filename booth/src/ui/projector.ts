/** The projector (docs/ROOM.md): numbers and the list of word codes, no names, no order, no results. */
import { byId, data, h, show } from './dom.ts';
import { ask } from './http.ts';
import { clock, listRows, listSize, readRoomState, type RoomState, skewOf, type TestSeen } from './projector-state.ts';

const EVERY = 2000;

let room: RoomState | undefined;
let ahead = 0;
let silent = false;
let drawn = '';

const now = (): number => Math.floor(Date.now() / 1000);

async function poll(): Promise<void> {
  const reply = await ask(`/p/${data('token')}/state`);
  silent = reply.kind !== 'answer';
  if (reply.kind === 'answer') {
    room = readRoomState(reply.value) ?? room;
    ahead = skewOf(reply.date, now());
  }
  draw();
  setTimeout(() => void poll(), EVERY);
}

// The clock moves every second, the rest only when it changes.
function draw(): void {
  tick();
  const look = JSON.stringify(room);
  if (room === undefined || look === drawn) return;
  drawn = look;
  if (room.test !== null) {
    show(...tested(room.test));
    return;
  }
  if (room.state === 'voided') {
    show(h('p', { class: 'warn verdict', role: 'status' }, '本轮投票已作废，已投的票留存备查，不计入结果。'), h('p', { class: 'projector-note' }, '重新投票时另发票条，请在主持人的电脑上重新打开大屏幕。'));
    return;
  }
  show(equation(room), note(room), list(room), ...(room.archive === null ? [] : [fingerprint(room.archive)]));
}

function tick(): void {
  const state = byId('state');
  state.textContent = silent ? '网络不通，正在重试' : room === undefined ? '正在连接…' : stateWords(room);
  state.classList.toggle('late', silent);
}

function stateWords({ closing, label, opened, state }: RoomState): string {
  const time = now() + ahead;
  if (state === 'last_call' && closing !== null) return `即将截止 ${clock(closing - time)}`;
  if (state === 'open' && opened !== null) return `${label} ${clock(time - opened)}`;
  return label;
}

function equation({ cast, drawn: slips, handed_back: back, out, paper, present }: RoomState): HTMLElement {
  const part = (label: string, value: number, look = ''): HTMLElement => h('div', { class: `number ${look}` }, h('span', {}, label), h('b', {}, String(value)));
  const sign = (text: string, wrong = false): HTMLElement => h('i', wrong ? { class: 'wrong' } : {}, text);
  const even = present === slips + paper;
  const came = [part('签到', present), sign(even ? '=' : '≠', !even), part('领票', slips)];
  const went = [sign('='), part('已投', cast, 'cast'), sign('+'), part('弃用', back), ...(out > 0 ? [sign('+'), part('未投', out, 'out')] : [])];
  if (paper === 0) return h('div', { class: 'equation' }, ...came, ...went);
  // Two lines: who took what, and what became of the slips.
  return h('div', {},
    h('div', { class: 'equation two' }, ...came, sign('+'), part('领测评表', paper)),
    h('div', { class: 'equation two' }, part('领票', slips), ...went));
}

function note({ drawn: slips, out, paper, present, spare, state }: RoomState): HTMLElement {
  const words = [`备用票条未发 ${spare} 张`];
  if (state === 'counted') words.push('已计票');
  else if (out === 0 && slips > 0) words.push('票条已全部投出或交回');
  if (present !== slips + paper && ['open', 'last_call'].includes(state)) words.push(paper > 0 ? '签到和领票、领表不相等，请核对' : '签到和领票不相等，请核对');
  return h('p', { class: 'projector-note' }, words.join('　'));
}

// Everybody compares with the phone held up beside the screen.
function tested({ agrees, rows }: TestSeen): HTMLElement[] {
  const lines = rows.map(([who, grade]) => h('li', {}, `${who}　${grade}`));
  const list = h('ol', { class: `codes ${listSize(rows.length)}`, 'aria-label': '试投票' }, ...lines);
  list.style.gridTemplateRows = `repeat(${listRows(rows.length)}, auto)`;
  const verdict = agrees ? '试投票：与手机上所选一致，该票已销毁，不计入结果' : '试投票：不一致！封好的票与手机上所选不同，该票已销毁。请停用这部手机';
  return [h('p', { class: agrees ? 'done verdict' : 'errors verdict', role: agrees ? 'status' : 'alert' }, verdict), list];
}

function list({ reveals, words }: RoomState): HTMLElement {
  if (words.length === 0) return h('div', {}, h('p', { class: 'projector-note' }, '投票以后，校验码会列在这里。'), ...(reveals === '' ? [] : [h('p', { class: 'projector-note reveals' }, reveals)]));
  const items = words.map((word) => h('li', {}, word));
  const grid = h('ol', { class: `codes ${listSize(words.length)}`, 'aria-label': '校验码' }, ...items);
  // Through the style object, which the content security policy allows.
  grid.style.gridTemplateRows = `repeat(${listRows(words.length)}, auto)`;
  return grid;
}

function fingerprint(archive: string): HTMLElement {
  return h('p', { class: 'projector-note archive' }, h('span', {}, '计票档案校验'), h('code', {}, archive.replace(/(.{8})(?=.)/g, '$1 ')));
}

void poll();
setInterval(tick, 1000);
