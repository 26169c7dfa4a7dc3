/**
 * The voting page (docs/ROOM.md): from a slip's code to a ballot in the box.
 *
 * Between opening and 投票 it asks the server nothing. Code and choices live in this tab only, and
 * no longer than until the ballot is in.
 */
import { BallotMaker, BoothError, type Election, handBack, openedBallot, parseElection, parseSlip, RowQueue, slipCredential, wordCode } from '../index.ts';
import { cast, type CastTools } from './cast.ts';
import { byId, data, h, largeSwitch, say, setLarge, show, tab } from './dom.ts';
import { post } from './http.ts';
import { type Draft, fresh, readDraft, step, type VoteEvent, type VoteState, writeDraft } from './vote-state.ts';
import { CODE_PROBLEMS, type Tools, view, wordOf } from './vote-view.ts';

/** What the tab knows of the slip in use. */
interface Voter {
  readonly code: string;
  readonly credential: string;
  maker: BallotMaker;
  queue: RowQueue;
}

/** The done screen of a kiosk clears itself after so many seconds, an abandoned one after the second number. */
const KIOSK_DONE = 20;
const KIOSK_IDLE = 300;

/** Refusals after which this slip votes no more: then the tab keeps nothing of it. */
const FINAL = ['closed', 'handed_back', 'no_such_slip', 'other_round'];

const kiosk = data('kiosk') !== '';
const test = data('test') !== '';
const box = data('box');
const DRAFT = `pingyi-draft-${box}`;

class Page {
  private readonly election: Election;
  private state: VoteState;
  private voter: Voter | undefined;
  private hurry: () => void = () => undefined;
  private idle = 0;

  constructor(election: Election) {
    this.election = election;
    this.state = fresh(election.questions.length);
  }

  start(): void {
    window.addEventListener('hashchange', () => this.scanned());
    document.addEventListener('keydown', (event) => this.key(event));
    if (kiosk) this.watch();
    if (!this.scanned() && !this.restore()) this.draw();
  }

  // A code behind `#`: taken, and out of the address bar before anything else.
  private scanned(): boolean {
    const code = location.hash.slice(1);
    if (code === '' || this.state.screen.name === 'sending') return false;
    history.replaceState(null, '', location.pathname + location.search);
    this.enter(code);
    return true;
  }

  private enter(typed: string): void {
    const slip = parseSlip(typed);
    if (!slip.ok) {
      this.dispatch({ kind: 'bad-code', problem: CODE_PROBLEMS[slip.reason] });
      return;
    }
    this.take(slip.code);
    this.dispatch({ kind: 'slip' });
  }

  private take(code: string): void {
    const credential = slipCredential(this.election.uuid, code);
    this.voter = { code, credential, ...this.sealer(credential) };
  }

  private sealer(credential: string): { maker: BallotMaker; queue: RowQueue } {
    const maker = new BallotMaker(this.election, credential);
    return { maker, queue: new RowQueue(maker) };
  }

  private restore(): boolean {
    if (kiosk || test) return false;
    const draft = readDraft(tab()?.getItem(DRAFT) ?? null, this.election.questions.map(({ answers }) => answers.length));
    const slip = parseSlip(draft?.code ?? '');
    if (draft === undefined || !slip.ok) return false;
    this.take(slip.code);
    draft.choices.forEach((choice, row) => this.voter?.queue.set(row, choice));
    this.dispatch({ kind: 'restored', choices: draft.choices, at: draft.at });
    return true;
  }

  private dispatch(event: VoteEvent): void {
    const before = this.state;
    this.state = step(before, event);
    if (this.state === before) return;
    this.prepare(before);
    this.keep();
    this.draw(before);
  }

  // Rows are encrypted while the voter is choosing: the changed one, and those left behind.
  private prepare({ choices, screen }: VoteState): void {
    const { voter } = this;
    if (voter === undefined) return;
    const missing = new Set(voter.maker.missingRows());
    const passed = this.state.screen.name === 'summary' ? Infinity : this.state.screen.name === 'card' ? this.state.screen.at : 0;
    this.state.choices.forEach((choice, row) => {
      const left = screen.name === 'card' && missing.has(row) && row < passed;
      if (choice !== choices[row] || left || (passed === Infinity && missing.has(row))) voter.queue.set(row, choice);
    });
  }

  private keep(): void {
    const { choices, screen } = this.state;
    if (kiosk || test || this.voter === undefined) return;
    if (screen.name === 'card' || screen.name === 'summary') {
      const draft: Draft = { code: this.voter.code, choices, at: screen.name === 'card' ? screen.at : choices.length };
      tab()?.setItem(DRAFT, writeDraft(draft));
    }
  }

  private draw(before?: VoteState): void {
    const { screen } = this.state;
    show(...view(this.state, this.toolbox()));
    const same = before !== undefined && before.screen.name === screen.name && (screen.name !== 'card' || (before.screen.name === 'card' && before.screen.at === screen.at));
    if (screen.name === 'code') byId('code').focus();
    else if (screen.name === 'card' && same) byId('next').focus();
    else if (!same) byId('head').focus({ preventScroll: true });
    if (!same) window.scrollTo(0, 0);
    this.announce(same);
    if (kiosk && (screen.name === 'done' || screen.name === 'backed')) this.countDown();
  }

  private announce(same: boolean): void {
    const { choices, screen } = this.state;
    if (screen.name === 'card' && same) say(`已选：${wordOf(this.election.questions[screen.at], choices[screen.at])}`);
    else if (screen.name === 'done') say(`已投入票箱，校验码 ${screen.word}`);
    else say(document.getElementById('head')?.textContent ?? '');
  }

  private toolbox(): Tools {
    return {
      questions: this.election.questions,
      kiosk,
      test,
      dispatch: (event) => this.dispatch(event),
      enter: (typed) => this.enter(typed),
      cast: () => void (test ? this.openTest() : this.cast()),
      retryNow: () => this.hurry(),
      handBack: (kind) => void this.handBack(kind),
      again: () => this.dispatch({ kind: 'slip' }),
      finish: () => this.wipe(),
    };
  }

  private async cast(): Promise<void> {
    const { voter } = this;
    if (voter === undefined || this.state.screen.name === 'sending') return;
    this.dispatch({ kind: 'send' });
    await voter.queue.drained();
    const end = await cast(this.castTools(voter));
    if (end.kind === 'refused') {
      if (FINAL.includes(end.code)) tab()?.removeItem(DRAFT);
      this.dispatch(end);
      return;
    }
    const agrees = wordCode(end.ballot.tracker) === end.word;
    tab()?.removeItem(DRAFT);
    // The sealed rows go too; for 改投 only the code is kept.
    Object.assign(voter, this.sealer(voter.credential));
    this.dispatch({ kind: 'in', word: end.word, tracker: end.ballot.tracker, replaced: end.replaced, agrees });
  }

  // A public test ballot: everything that opens it goes with it, and its slip is given up.
  private async openTest(): Promise<void> {
    const { state, voter } = this;
    if (voter === undefined || state.screen.name === 'sending') return;
    this.dispatch({ kind: 'send' });
    // Let 正在当众打开 be drawn: sealing again takes a moment.
    await new Promise((resume) => setTimeout(resume, 30));
    const reply = await post(`/b/${box}/test`, openedBallot(this.election, voter.credential, state.choices));
    if (reply.kind === 'answer') this.dispatch({ kind: 'tested', agrees: true, message: '' });
    else if (reply.kind === 'silence') this.dispatch({ kind: 'refused', code: 'failed', message: '网络不通，没有打开。请再试一次。' });
    else if (reply.code === 'differs') this.dispatch({ kind: 'tested', agrees: false, message: reply.message });
    else this.dispatch({ kind: 'refused', code: reply.code, message: reply.message });
  }

  private castTools({ maker }: Voter): CastTools {
    return {
      seal: () => maker.finish(),
      send: (json) => {
        this.dispatch({ kind: 'retry', retry: undefined });
        return post(`/b/${box}/cast`, json);
      },
      wait: (seconds, why) =>
        new Promise((resume) => {
          const timer = setTimeout(resume, seconds * 1000);
          this.hurry = () => {
            clearTimeout(timer);
            resume();
          };
          this.dispatch({ kind: 'retry', retry: { seconds, why } });
        }),
    };
  }

  private async handBack(kind: 'handed_back' | 'spare'): Promise<void> {
    const { voter } = this;
    if (voter === undefined) return;
    this.dispatch({ kind: 'back-sent' });
    const reply = await post(`/b/${box}/back`, handBack(this.election.uuid, voter.credential, kind));
    if (reply.kind === 'answer' && reply.value['done'] === 'handed_back') {
      this.forget();
      this.dispatch({ kind: 'backed' });
    } else {
      this.dispatch({ kind: 'back-failed', problem: reply.kind === 'refused' ? reply.message : '网络不通，没有交回。请再按一次。' });
    }
  }

  private forget(): void {
    this.voter = undefined;
    tab()?.removeItem(DRAFT);
  }

  private wipe(): void {
    this.forget();
    if (kiosk) setLarge(false);
    history.replaceState(null, '', location.pathname + location.search);
    this.dispatch({ kind: 'wipe' });
    say('');
  }

  private countDown(): void {
    const { state } = this;
    let left = KIOSK_DONE;
    const tick = (): void => {
      if (this.state !== state) return;
      const note = document.getElementById('left');
      if (note !== null) note.textContent = `${left} 秒后自动清除`;
      if (left === 0) this.wipe();
      else setTimeout(tick, 1000);
      left -= 1;
    };
    tick();
  }

  // Somebody walked away from the kiosk in the middle.
  private watch(): void {
    for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, () => { this.idle = 0; });
    setInterval(() => {
      this.idle += 1;
      const { name } = this.state.screen;
      if (this.idle >= KIOSK_IDLE && name !== 'code' && name !== 'sending') this.wipe();
    }, 1000);
  }

  private key(event: KeyboardEvent): void {
    const { screen } = this.state;
    if (screen.name !== 'card' || event.ctrlKey || event.metaKey || event.altKey) return;
    const grade = '1234'.indexOf(event.key);
    const grades = this.election.questions[screen.at]?.answers.length ?? 0;
    if (event.key.length === 1 && grade >= 0 && grade < grades) this.dispatch({ kind: 'choose', grade });
    else if (event.key === 'ArrowLeft') this.dispatch({ kind: 'go', by: -1 });
    else if (event.key === 'ArrowRight') this.dispatch({ kind: 'go', by: 1 });
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) this.dispatch({ kind: 'go', by: 1 });
    else return;
    event.preventDefault();
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function open(): void {
  largeSwitch();
  try {
    // No good randomness: say so now, not when the ballot is made.
    crypto.getRandomValues(new Uint8Array(1));
    const page = new Page(parseElection(bytesOf(data('election'))));
    page.start();
  } catch (cause) {
    const why = cause instanceof BoothError && cause.code === 'election' ? '收到的内容不完整。请刷新页面，仍不行的请告诉监票人。' : '这个浏览器太旧，不能投票。请换一个浏览器或换一部手机，也可以请监票人帮助。';
    show(h('p', { class: 'errors', role: 'alert' }, why));
  }
}

open();
