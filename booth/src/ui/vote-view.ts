/** The voting page's screens, from its state. Words and elements only; what buttons do is given. */
import { type Question, type SlipProblem } from '../index.ts';
import { button, h } from './dom.ts';
import type { Screen, VoteEvent, VoteState } from './vote-state.ts';

/** What the screens need besides the state. */
export interface Tools {
  readonly questions: readonly Question[];
  readonly kiosk: boolean;
  /** A public test ballot: opened, never cast. */
  readonly test: boolean;
  readonly dispatch: (event: VoteEvent) => void;
  readonly enter: (typed: string) => void;
  readonly cast: () => void;
  readonly retryNow: () => void;
  readonly handBack: (kind: 'handed_back' | 'spare') => void;
  readonly again: () => void;
  readonly finish: () => void;
}

const SHAPES = ['●', '▲', '■', '◆'];

/** Why a typed code is none, in the words of `crates/room/src/slip.rs`. */
export const CODE_PROBLEMS: Readonly<Record<SlipProblem, string>> = {
  length: '投票码应为 16 位，请核对后重新输入。',
  character: '投票码里没有这个字符（不用 0、1、I、L、O、U）。请核对后重新输入。',
  check: '投票码有一位输错了。请对照票条重新输入。',
};

/** The grade's word, or 弃权. */
export function wordOf(question: Question | undefined, choice: number | null | undefined): string {
  return choice === null || choice === undefined ? '弃权' : (question?.answers[choice] ?? '');
}

/** The elements of a screen. */
export function view(state: VoteState, tools: Tools): HTMLElement[] {
  const { screen } = state;
  switch (screen.name) {
    case 'code':
      return codeView(screen.problem, tools);
    case 'card':
      return cardView(state, screen.at, tools);
    case 'summary':
      return summaryView(state, tools);
    case 'sending':
      return sendingView(screen, tools);
    case 'done':
      return doneView(screen, tools);
    case 'refused':
      return refusedView(screen, tools);
    case 'back':
      return backView(screen, tools);
    case 'backed':
      return backedView(tools);
    case 'tested':
      return testedView(screen, tools);
  }
}

const TEST_WARNING = '试投票：选的内容会在大屏幕上当众打开，请随意选，不要投真实意见，不要用自己的票条。';

function warning(test: boolean): HTMLElement | false {
  return test && h('p', { class: 'warn' }, TEST_WARNING);
}

function heading(text: string): HTMLElement {
  return h('h1', { tabindex: '-1', id: 'head' }, text);
}

function codeView(problem: string, { enter, kiosk, test }: Tools): HTMLElement[] {
  const field = h('input', {
    id: 'code', type: 'text', maxlength: 40, inputmode: 'text', autocomplete: 'off', autocapitalize: 'characters',
    autocorrect: 'off', spellcheck: 'false', placeholder: 'XXXX-XXXX-XXXX-XXXX', 'aria-describedby': 'code-help',
    'aria-invalid': problem !== '' ? 'true' : 'false',
  });
  const form = h(
    'form',
    { autocomplete: 'off', class: 'card', onsubmit: (event) => { event.preventDefault(); enter(field.value); } },
    h('div', { class: problem === '' ? 'field' : 'field bad' },
      h('label', { for: 'code' }, '票条上的投票码'),
      field,
      problem !== '' && h('span', { class: 'error', role: 'alert' }, problem),
      h('span', { class: 'hint', id: 'code-help' }, '16 位，不分大小写，横线和空格可以不输。')),
    h('button', { class: 'wide' }, '开始'),
  );
  const lead = test ? h('p', { class: 'warn' }, TEST_WARNING) : h('p', {}, kiosk ? '请照着自己的票条输入。投完以后，屏幕会自动清除。' : '扫描票条上的二维码就不用输入。');
  return [heading(test ? '试投票：请输入备用票条的投票码' : '请输入投票码'), lead, form];
}

function cardView({ choices }: VoteState, at: number, { dispatch, questions, test }: Tools): HTMLElement[] {
  const question = questions[at];
  const choice = choices[at];
  const last = at === questions.length - 1;
  const grades = (question?.answers ?? []).map((word, grade) => {
    const on = choice === grade;
    return h('button', { type: 'button', class: `grade g${grade}${on ? ' on' : ''}`, 'aria-pressed': String(on), 'data-grade': grade, onclick: () => dispatch({ kind: 'choose', grade }) },
      h('span', { class: 'shape', 'aria-hidden': 'true' }, SHAPES[grade] ?? '●'), h('span', { class: 'word' }, word), h('span', { class: 'tick', 'aria-hidden': 'true' }, on ? '✓ 已选' : ''));
  });
  return [
    h('p', { class: 'place' }, `${test ? '试投票　' : ''}${at + 1} / ${questions.length}`),
    heading(question?.question ?? ''),
    h('div', { class: 'grades', role: 'group', 'aria-labelledby': 'head' }, ...grades),
    h('p', { class: 'hint choice-hint' }, choice === null ? '现在是弃权。请选一项；不选就是弃权。' : `已选“${wordOf(question, choice)}”。再按一次取消。`),
    h('nav', { class: 'turn', 'aria-label': '翻页' },
      h('button', { type: 'button', class: 'second', disabled: at === 0, onclick: () => dispatch({ kind: 'go', by: -1 }) }, '上一名'),
      h('button', { type: 'button', id: 'next', onclick: () => dispatch({ kind: 'go', by: 1 }) }, last ? '看全部选择' : '下一名')),
    h('p', { class: 'corner' },
      !last && button('看全部选择', () => dispatch({ kind: 'summary' }), 'quiet'),
      !test && button('不投票，交回票条', () => dispatch({ kind: 'back' }), 'quiet')),
  ];
}

function summaryView({ choices }: VoteState, { cast, dispatch, questions, test }: Tools): HTMLElement[] {
  const none = choices.filter((choice) => choice === null).length;
  const rows = questions.map((question, at) => {
    const choice = choices[at] ?? null;
    return h('li', {}, h('button', { type: 'button', class: 'pick', onclick: () => dispatch({ kind: 'card', at }) },
      h('span', { class: 'who' }, question.question),
      h('span', { class: choice === null ? 'what none' : `what g${choice}` }, choice === null ? '弃权' : `${SHAPES[choice] ?? '●'} ${wordOf(question, choice)}`)));
  });
  return [
    heading('请核对全部选择'),
    ...[warning(test)].filter((part): part is HTMLElement => part !== false),
    h('p', {}, none === 0 ? '按一行可以返回修改。' : `有 ${none} 项没有选，算弃权。按一行可以返回修改。`),
    h('ol', { class: 'picks' }, ...rows),
    h('nav', { class: 'turn', 'aria-label': '投票' },
      h('button', { type: 'button', class: 'second', onclick: () => dispatch({ kind: 'go', by: -1 }) }, '返回'),
      h('button', { type: 'button', id: 'next', class: 'cast', onclick: cast }, test ? '试投并当众打开' : '投票')),
    h('p', { class: 'corner' }, !test && button('不投票，交回票条', () => dispatch({ kind: 'back' }), 'quiet')),
  ];
}

function sendingView({ retry }: Extract<Screen, { name: 'sending' }>, { retryNow, test }: Tools): HTMLElement[] {
  if (retry === undefined) return [heading(test ? '正在当众打开…' : '正在投入票箱…')];
  const words = retry.why === 'busy' ? '服务器正忙，正在重试' : '网络不通，正在重试';
  return [
    heading(words),
    h('p', { class: 'warn' }, `还没有收到票箱的回答，${retry.seconds} 秒后再试。请不要关闭这一页；同一张票不会算两次。`),
    h('p', { class: 'actions' }, button('重试', retryNow, 'wide')),
  ];
}

function doneView({ agrees, replaced, tracker, word }: Extract<Screen, { name: 'done' }>, { again, finish, kiosk }: Tools): HTMLElement[] {
  const parts = [
    heading('已投入票箱'),
    replaced ? h('p', { class: 'note' }, '已更换为新的选票，原来那张不再计算。') : undefined,
    h('p', { class: 'word-code' }, h('span', {}, '校验码'), h('b', {}, word)),
    agrees
      ? h('p', {}, '请记下校验码：投影和印出来的名单上找得到它，您的票就在箱里。它不说明您选了什么。')
      : h('p', { class: 'errors', role: 'alert' }, '服务器给出的校验码和本机算出的不一样。请先不要离开，当场告诉监票人。'),
    h('details', {}, h('summary', {}, '完整校验码'), h('p', { class: 'tracker' }, tracker)),
    kiosk
      ? h('p', { class: 'actions' }, h('button', { type: 'button', class: 'wide', onclick: finish }, '下一位'), h('span', { class: 'hint', id: 'left' }, ''))
      : h('p', { class: 'actions' }, button('改投', again, 'second'), h('span', { class: 'hint' }, '截止前可以改，以最后一次为准。不改就可以关闭这一页。')),
  ];
  return parts.filter((part): part is HTMLElement => part !== undefined);
}

function refusedView({ code, message }: Extract<Screen, { name: 'refused' }>, { cast, dispatch, finish, kiosk, test }: Tools): HTMLElement[] {
  const over = code === 'closed';
  const otherSlip = ['other_round', 'no_such_slip', 'handed_back'].includes(code);
  const spoilt = ['not_proper', 'too_long'].includes(code);
  return [
    heading(test ? '没有打开' : '没有投入票箱'),
    h('p', { class: 'errors', role: 'alert' }, message),
    h('p', { class: 'actions' },
      !over && !otherSlip && !spoilt && button('再投一次', cast, 'wide'),
      spoilt && button('刷新页面重投', () => location.reload(), 'wide'),
      otherSlip && button(kiosk ? '重新输入投票码' : '换一张票条', finish, 'wide'),
      over && kiosk && button('清除', finish, 'wide'),
      !over && !otherSlip && button('看全部选择', () => dispatch({ kind: 'summary' }), 'second')),
  ];
}

function backView({ problem, sending }: Extract<Screen, { name: 'back' }>, { dispatch, handBack }: Tools): HTMLElement[] {
  const act = (label: string, kind: 'handed_back' | 'spare', look: string): HTMLElement =>
    h('button', { type: 'button', class: look, disabled: sending, onclick: () => handBack(kind) }, label);
  return [
    heading('交回票条'),
    h('p', {}, '交回以后，这张票条不能再投票。已经选好的不会交出去。'),
    problem !== '' ? h('p', { class: 'errors', role: 'alert' }, problem) : h('p', { class: 'hint' }, sending ? '正在交回…' : '请选择原因：'),
    h('p', { class: 'stack' },
      act('我领了票，不投了', 'handed_back', 'wide'),
      act('这是没有发出去的备用票条', 'spare', 'wide second'),
      h('button', { type: 'button', class: 'wide second', disabled: sending, onclick: () => dispatch({ kind: 'leave' }) }, '不交回，继续投票')),
  ];
}

function backedView({ finish, kiosk }: Tools): HTMLElement[] {
  return [
    heading('票条已交回'),
    h('p', {}, '这张票条不能再用了。谢谢。'),
    kiosk ? h('p', { class: 'actions' }, h('button', { type: 'button', class: 'wide', onclick: finish }, '下一位'), h('span', { class: 'hint', id: 'left' }, '')) : h('p', { class: 'hint' }, '可以关闭这一页。'),
  ];
}

function testedView({ agrees, message }: Extract<Screen, { name: 'tested' }>, { finish }: Tools): HTMLElement[] {
  return [
    heading(agrees ? '试投票已当众打开' : '试投票不一致'),
    agrees
      ? h('p', { class: 'done' }, '封好的票与手机上所选的一致，请对照大屏幕。这张票条已经销毁，不能再投。')
      : h('p', { class: 'errors', role: 'alert' }, message),
    h('p', { class: 'actions' }, button('再试一张备用票条', finish, 'second')),
  ];
}
