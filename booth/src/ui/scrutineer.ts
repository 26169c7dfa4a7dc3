/**
 * The page of a scrutineer (docs/ROOM.md): makes a key in this browser, adds the closed box up by
 * itself, and only then opens its part of the sums — of one sum, once.
 */
import { inWorker } from './worker-core.ts';
import { countedBallots, generateTrustee, parseCredentials, parseElection, partialDecryption, sha256Base64, tallyOf } from '../index.ts';
import { data, largeSwitch, say, show } from './dom.ts';
import { share, type Task, work } from './hands.ts';
import { ask, post } from './http.ts';
import { type Board, type Kept, type KeyState, readBoard, readKept, readKeyState, viewOf } from './scrutineer-state.ts';
import { type Doing, screens } from './scrutineer-view.ts';

const EVERY = 2000;
/** A full box is several megabytes, and the phone may be far from the access point. */
const BOARD_PATIENCE = 120_000;
const SCRIPT = '/assets/room-scrutineer.js';

class Page {
  private readonly base = `/k/${data('token')}`;
  private readonly place = `pingyi-key-${data('token')}`;
  private server: KeyState | undefined;
  private doing: Doing = { kind: 'nothing' };
  private board: Board | undefined;
  private drawn = '';

  start(): void {
    void this.poll();
  }

  private async poll(): Promise<void> {
    const reply = await ask(`${this.base}/state`);
    if (reply.kind === 'answer') this.server = readKeyState(reply.value) ?? this.server;
    if (this.server?.state === 'counted' && this.kept?.secret !== undefined) this.keep({ ...this.kept, secret: undefined });
    this.draw(reply.kind === 'answer' ? '' : reply.kind === 'refused' ? reply.message : '网络不通，正在重试。');
    setTimeout(() => void this.poll(), EVERY);
  }

  private get kept(): Kept | undefined {
    return readKept(localStorage.getItem(this.place));
  }

  private keep(kept: Kept): void {
    localStorage.setItem(this.place, JSON.stringify(kept));
  }

  private draw(trouble: string): void {
    const which = viewOf(this.server, this.kept);
    const look = JSON.stringify([which, trouble, this.server, this.doing]);
    // Drawn only when something changed: a reason being typed stays.
    if (look === this.drawn) return;
    this.drawn = look;
    const typed = document.querySelector('textarea')?.value ?? '';
    show(...screens({ which, trouble, server: this.server, doing: this.doing, number: data('number'), typed }, {
      prepare: () => void this.prepare(),
      count: () => void this.count(false),
      countSlowly: () => void this.count(true),
      check: () => void this.check(),
      confirm: (reason) => void this.confirm(reason),
    }));
    say(document.getElementById('head')?.textContent ?? '');
  }

  private tell(doing: Doing): void {
    this.doing = doing;
    this.draw('');
  }

  // The secret is stored before anything is sent: a key the server knows and nobody holds is lost.
  private async prepare(): Promise<void> {
    let { kept } = this;
    try {
      if (kept === undefined) {
        const { json, secret } = generateTrustee();
        this.keep({ uuid: data('uuid'), secret, key: json, share: undefined });
        ({ kept } = this);
      }
    } catch {
      kept = undefined;
    }
    if (kept === undefined) {
      this.tell({ kind: 'failed', words: '这个浏览器不能保存内容（可能开了无痕浏览）或者太旧，不能准备。请换一个浏览器或换一部手机打开。' });
      return;
    }
    const { key } = kept;
    await this.send('key', key, () => ({ ...kept, key }));
  }

  private async send(what: 'key' | 'share' | 'confirm', body: string, after: () => Kept | undefined): Promise<void> {
    this.tell({ kind: 'sending' });
    const reply = await post(`${this.base}/${what}`, body);
    if (reply.kind === 'answer') {
      const kept = after();
      if (kept !== undefined) this.keep(kept);
      const known = { key: { key: true }, share: { share: true }, confirm: { confirmed: true } } as const;
      if (this.server !== undefined) this.server = { ...this.server, ...known[what] };
      this.tell({ kind: 'nothing' });
      return;
    }
    this.tell({ kind: 'failed', words: reply.kind === 'refused' ? reply.message : '网络不通，没有送到。请再按一次。' });
  }

  private async confirm(reason: string): Promise<void> {
    if (reason.trim() === '') this.tell({ kind: 'failed', words: '请先写明缺票的原因。' });
    else await this.send('confirm', JSON.stringify({ reason: reason.trim() }), () => undefined);
  }

  private async count(slowly: boolean): Promise<void> {
    const { kept } = this;
    if (kept === undefined || ['sending', 'adding', 'checking'].includes(this.doing.kind)) return;
    this.tell({ kind: 'adding', done: 0, of: 0 });
    const board = await this.fetchBoard();
    if (board === undefined) return;
    const own = await this.open(board, kept, slowly);
    if (typeof own === 'string') {
      this.tell({ kind: 'refused', words: own });
      return;
    }
    this.keep(own);
    // Once the server has it, the secret is of no more use to anybody.
    await this.send('share', own.share?.json ?? '', () => ({ ...own, secret: undefined }));
  }

  private async fetchBoard(): Promise<Board | undefined> {
    const reply = await ask(`${this.base}/board`, BOARD_PATIENCE);
    this.board = reply.kind === 'answer' ? readBoard(reply.value) : undefined;
    if (this.board === undefined) {
      this.tell({ kind: 'failed', words: reply.kind === 'refused' ? reply.message : '没有取到票箱内容，请再按一次。' });
    }
    return this.board;
  }

  // What to keep, or why this device does not open anything.
  private async open(board: Board, kept: Kept, slowly: boolean): Promise<Kept | string> {
    try {
      const election = parseElection(board.election);
      if (election.uuid !== kept.uuid) return '收到的不是本轮的票箱。本机没有打开任何内容，请当场说明，查清以前不要计票。';
      if (slowly) await this.shared('verify', board);
      const sums = await this.shared('sum', board);
      if (tallyOf(election, sums) !== board.tally) return '本机算出的合计和服务器的不一致。本机没有打开任何内容，请当场说明，查清以前不要计票。';
      const fingerprint = sha256Base64(board.tally);
      if (kept.share !== undefined) {
        return kept.share.tally === fingerprint ? kept : '这个票箱和本机已经计过的那一个不同。一个票箱只计一次，本机没有再打开任何内容，请当场说明。';
      }
      return { ...kept, share: { tally: fingerprint, json: partialDecryption(election, board.tally, kept.secret ?? '') } };
    } catch {
      return '票箱里有选票没有通过核对。本机没有打开任何内容，请当场说明，查清以前不要计票。';
    }
  }

  private shared(kind: Task['kind'], board: Board): ReturnType<typeof share> {
    const { credentials, election } = board;
    const ballots = countedBallots(parseElection(election), board.ballots, parseCredentials(credentials));
    const doing = kind === 'sum' ? 'adding' : 'checking';
    this.tell({ kind: doing, done: 0, of: ballots.length });
    return share({ kind, election, credentials, ballots }, SCRIPT, (done) => this.tell({ kind: doing, done, of: ballots.length }));
  }

  // 逐票核对: every proof of every ballot, after the count, for whoever wants to wait.
  private async check(): Promise<void> {
    const board = this.board ?? (await this.fetchBoard());
    if (board === undefined) return;
    try {
      await this.shared('verify', board);
      this.tell({ kind: 'checked', of: board.ballots.length });
    } catch {
      this.tell({ kind: 'refused', words: '逐票核对没有通过：有选票不合规定。请当场说明，按作废重来办理。' });
    }
  }
}

function start(): void {
  if (!inWorker) {
    largeSwitch();
    new Page().start();
    return;
  }
  const self = globalThis as unknown as { onmessage: (event: MessageEvent<Task>) => void; postMessage: (word: unknown) => void };
  self.onmessage = ({ data: task }) => work(task, (word) => self.postMessage(word));
}

start();
