/** The screens of a scrutineer's page. Words and elements only; what buttons do is given. */
import { button, h } from './dom.ts';
import type { KeyState, KeyView } from './scrutineer-state.ts';

/** What this page is busy with. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'adding' | 'checking'; readonly done: number; readonly of: number }
  | { readonly kind: 'checked'; readonly of: number }
  | { readonly kind: 'failed' | 'refused'; readonly words: string };

/** What a screen is made from. */
export interface Look {
  readonly which: KeyView;
  readonly trouble: string;
  readonly server: KeyState | undefined;
  readonly doing: Doing;
  readonly number: string;
  readonly typed: string;
}

/** What buttons do. */
export interface Acts {
  readonly prepare: () => void;
  readonly count: () => void;
  readonly countSlowly: () => void;
  readonly check: () => void;
  readonly confirm: (reason: string) => void;
}

const KEEP = '请勿清除浏览器数据，请勿换手机，请勿换浏览器。锁屏、刷新都没有关系。';

/** The elements of a screen. */
export function screens(look: Look, acts: Acts): HTMLElement[] {
  const { server, trouble } = look;
  return [
    ...(server === undefined ? [] : [h('p', { class: 'chip-line' }, h('span', { class: 'chip info' }, server.label), h('span', { class: 'hint' }, `监票人 ${look.number}`))]),
    ...(trouble === '' ? [] : [h('p', { class: 'warn', role: 'alert' }, trouble)]),
    ...body(look, acts),
    ...progress(look.doing),
  ];
}

function body(look: Look, acts: Acts): HTMLElement[] {
  const busy = ['sending', 'adding', 'checking'].includes(look.doing.kind);
  switch (look.which) {
    case 'offline':
      return [heading('正在连接…')];
    case 'prepare':
      return [heading('准备监票'), h('p', {}, '按一下“准备”，这部手机就生成一把钥匙，只留在本机。计票时，两名监票人和工委的服务器三方的钥匙都在，才开得出总数。'),
        h('p', { class: 'warn' }, KEEP), wide('准备', acts.prepare, busy)];
    case 'resend':
      if (busy) return [heading('正在准备'), h('p', {}, '钥匙已在本机，正在登记。')];
      return [heading('准备还差一步'), h('p', {}, '钥匙已在本机，还没有登记上。请再按一次。'), wide('准备', acts.prepare, busy)];
    case 'lost':
      return [heading('这里没有您的钥匙'), h('p', { class: 'errors' }, '已经登记过准备，但这个浏览器里没有那把钥匙：可能换了手机、换了浏览器，或者清除过浏览器数据。'),
        h('p', {}, '请用当时那部手机、那个浏览器打开。确实找不回来的，这一轮计不了票，只能作废后重新投一轮；请马上告诉会议主持人。')];
    case 'too-late':
      return [heading('没有完成准备'), h('p', { class: 'errors' }, '这一轮已经开始，您没有登记过准备。请告诉会议主持人。')];
    case 'wait':
      return [heading('已准备好'), h('p', {}, waiting(look.server)), h('p', { class: 'warn' }, KEEP)];
    case 'missing':
      return missing(look, acts, busy);
    case 'count':
      return [heading('可以计票了'), h('p', {}, '按“计票”后，本机先把箱里全部选票自己加一遍，与服务器的合计完全一致，才打开总数。单张票不会打开。'), wide('计票', acts.count, busy),
        h('details', {}, h('summary', {}, '要更仔细'), h('p', { class: 'hint' }, '先逐票核对每一行是否合规定，再计票。人多时要等一两分钟。'), h('p', { class: 'stack' }, second('先逐票核对，再计票', acts.countSlowly, busy)))];
    case 'other':
      return [heading('本机计票已完成'), h('p', {}, '正在等另一名监票人。'), ...after(acts, busy, look.doing)];
    case 'done':
      return [heading('已完成'), h('p', { class: 'done' }, '本轮已经计票，结果在会议主持人的电脑上。谢谢。'), h('p', { class: 'hint' }, '本机的钥匙已经删除。'), ...after(acts, busy, look.doing)];
    case 'void':
      return [heading('本轮已作废'), h('p', {}, '这一轮的票不计。重新投一轮时，请重新扫码准备。')];
  }
}

function after(acts: Acts, busy: boolean, doing: Doing): HTMLElement[] {
  if (doing.kind === 'checked') return [];
  return [h('p', { class: 'stack' }, second('逐票核对', acts.check, busy)), h('p', { class: 'hint' }, '想再查一遍的可以按。人多时要等一两分钟，不影响结果。')];
}

function missing({ doing, server, typed }: Look, acts: Acts, busy: boolean): HTMLElement[] {
  const reason = h('textarea', { id: 'reason', rows: 3, maxlength: 200 });
  reason.value = typed;
  const words = server?.confirmed === true ? (server.other_confirmed ? '两名监票人都已确认。' : '您已确认，等另一名监票人确认。') : server?.other_confirmed === true ? '另一名监票人已经确认。' : '';
  return [
    heading(`还有 ${server?.out ?? 0} 张票条没有投，也没有交回`),
    h('p', {}, '请先在会场找一找、问一问。确实找不到的，写明原因，由两名监票人各自确认，才能截止。'),
    ...(words === '' ? [] : [h('p', { class: 'note' }, words)]),
    ...(server?.confirmed === true ? [] : [
      h('div', { class: doing.kind === 'failed' ? 'field bad' : 'field' }, h('label', { for: 'reason' }, '原因'), reason),
      wide('确认缺票', () => acts.confirm(reason.value), busy),
    ]),
    h('p', { class: 'hint' }, KEEP),
  ];
}

function waiting(server: KeyState | undefined): string {
  const state = server?.state ?? '';
  if (state === 'open' || state === 'last_call') return '正在投票。截止以后，这里会出现“计票”。';
  return '等会议主持人发票条、开始投票。这一页可以放着。';
}

function progress(doing: Doing): HTMLElement[] {
  if (doing.kind === 'sending') return [h('p', { class: 'hint' }, '正在送出…')];
  if (doing.kind === 'adding') return [bar(doing.of === 0 ? '正在取票箱内容…' : `正在核对第 ${doing.done} / ${doing.of} 票`, doing.done, doing.of)];
  if (doing.kind === 'checking') return [bar(`正在逐票核对第 ${doing.done} / ${doing.of} 票`, doing.done, doing.of)];
  if (doing.kind === 'checked') return [h('p', { class: 'done' }, `逐票核对完毕：${doing.of} 票全部合规定。`)];
  return 'words' in doing ? [h('p', { class: 'errors', role: 'alert' }, doing.words)] : [];
}

function bar(words: string, done: number, of: number): HTMLElement {
  return h('p', { class: 'working' }, h('label', { for: 'bar' }, words), h('progress', { id: 'bar', max: Math.max(1, of), value: done }));
}

function heading(text: string): HTMLElement {
  return h('h1', { id: 'head', tabindex: '-1' }, text);
}

function wide(label: string, act: () => void, busy: boolean): HTMLElement {
  const made = button(label, act, 'wide');
  made.disabled = busy;
  return h('p', { class: 'stack' }, made);
}

function second(label: string, act: () => void, busy: boolean): HTMLElement {
  const made = button(label, act, 'wide second');
  made.disabled = busy;
  return made;
}
