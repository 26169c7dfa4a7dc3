/**
 * The page that makes the slips (docs/ROOM.md), on the meeting's computer: codes are made here,
 * printed or shown from here, and forgotten here. The server gets their public sides only.
 */
import qrcode from 'qrcode-generator';
import { printedSlip } from '../index.ts';
import { button, data, h, largeSwitch, say, show } from './dom.ts';
import { post } from './http.ts';
import { listing, makeSlip, sheets, shuffled, type Slip } from './slips-state.ts';

/** Forgotten by itself so many seconds after printing. */
const FORGET_AFTER = 600;

type How = 'print' | 'screen';

class Page {
  private slips: Slip[] = [];
  private spares = 0;
  private how: How = 'print';
  private timer = 0;

  start(): void {
    window.addEventListener('beforeunload', (event) => {
      if (this.slips.length === 0) return;
      event.preventDefault();
      // Chromium shows its question only with this.
      event.returnValue = '';
    });
    window.addEventListener('pagehide', () => this.forget());
    window.addEventListener('pageshow', (event) => { if (event.persisted) this.gone(); });
    window.addEventListener('afterprint', () => { if (this.slips.length > 0 && this.how === 'print') this.printed(); });
    this.plan();
  }

  // How many is the server's to say: one for everybody, and spares.
  private plan(problem = ''): void {
    const [voters, spares] = [Number(data('voters')), Number(data('spares'))];
    const act = (how: How): void => void this.make(voters, spares, how);
    draw('制作票条',
      h('p', {}, '票条在这台电脑上生成，服务器收不到投票码。请使用派员或者监票人信得过的电脑；制作时旁边不要有人拍照。'),
      problem !== '' && h('p', { class: 'errors', role: 'alert' }, problem),
      h('div', { class: 'card' },
        h('ul', { class: 'figures' }, figure(voters, '参加投票'), figure(spares, '备用票条'), figure(voters + spares, '共制作')),
        h('p', { class: 'actions' }, button('制作并打印', () => act('print')), button('没有打印机，在屏幕上逐张领取', () => act('screen'), 'second'))),
      h('p', { class: 'hint' }, '纸上每页八张，沿虚线裁开，对折，放在一起由各人自己抽，不登记谁拿了哪张。'));
  }

  private async make(voters: number, spares: number, how: How): Promise<void> {
    this.how = how;
    this.spares = spares;
    const total = voters + spares;
    const made: Slip[] = [];
    const bar = h('progress', { max: total, value: 0 });
    draw('正在制作票条…', h('p', { class: 'working' }, bar));
    try {
      while (made.length < total) {
        made.push(makeSlip(data('uuid')));
        bar.value = made.length;
        // Each takes some thousand hashings; in between the page may draw.
        if (made.length % 4 === 0) await new Promise((resume) => setTimeout(resume, 0));
      }
    } catch {
      this.plan('这个浏览器太旧，不能制作票条。请换一个浏览器或换一台电脑。');
      return;
    }
    // `made` is random already; mixed once more, so that nothing depends on when each was made.
    this.slips = shuffled(made);
    await this.register();
  }

  private async register(): Promise<void> {
    draw('正在登记票条…', h('p', { class: 'hint' }, '登记以后才能使用。'));
    const reply = await post(data('post'), listing(this.slips), { 'X-CSRF': data('csrf') });
    if (reply.kind === 'answer') {
      this.give();
    } else if (reply.kind === 'refused') {
      this.forget();
      draw('票条没有登记上', h('p', { class: 'errors', role: 'alert' }, reply.message), back());
    } else {
      draw('票条还没有登记上', h('p', { class: 'warn', role: 'alert' }, '网络不通，没有收到服务器的回答。请不要关闭这一页，再按一次。'),
        h('p', { class: 'actions' }, button('再登记一次', () => void this.register())));
    }
  }

  private give(): void {
    if (this.how === 'screen') {
      this.offer(this.slips.length - this.spares, 0);
      return;
    }
    this.sheets();
    // Let the sheets be laid out before the print dialogue takes a picture of them.
    setTimeout(() => window.print(), 300);
  }

  private sheets(): void {
    const all = sheets(this.slips, this.spares);
    const paper = all.map(({ slips, spare }, index) =>
      h('section', { class: 'vsheet', 'aria-label': `第 ${index + 1} 页` }, ...slips.map((slip) => slipCard(slip, spare))));
    draw('票条已登记，可以打印',
      h('p', { class: 'actions noprint' }, button('打印', () => window.print()), button('打印好了，清除', () => this.ask(), 'second'), h('span', { class: 'hint' }, `共 ${this.slips.length} 张，其中备用 ${this.spares} 张，${all.length} 页 A4 纸。`)),
      h('div', { class: 'vsheets' }, ...paper));
  }

  private printed(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.gone(), FORGET_AFTER * 1000);
    this.ask();
  }

  private ask(): void {
    const left = this.timer === 0 ? '' : `${FORGET_AFTER / 60} 分钟以后自动清除。`;
    draw('票条都打印好了吗？', h('p', {}, `请看一看张数和字迹。清除以后，这些票条不能再打印。${left}`),
      h('p', { class: 'actions' }, button('打印好了，清除', () => this.gone()), button('返回，再打印一次', () => this.sheets(), 'second')));
  }

  // One after the other, already mixed: who comes first has no say in which code he gets.
  private offer(of: number, done: number): void {
    const left = of - done;
    draw(left > 0 ? '请下一位上前' : '票条已领完',
      h('p', {}, left > 0 ? `还有 ${left} 张。请其他同志不要看屏幕，也不要拍照。` : '每人都领到了吗？后来的同志可以领备用票条。'),
      h('p', { class: 'actions' },
        left > 0 && button('显示我的票条', () => this.hand(of, done), 'wide'),
        left === 0 && this.spares > 0 && button(`发一张备用票条（还有 ${this.spares} 张）`, () => this.spare(), 'second'),
        left === 0 && button('清除', () => this.gone())));
  }

  private hand(of: number, done: number): void {
    const slip = this.slips[0];
    if (slip === undefined) return;
    draw('您的票条', h('div', { class: 'handout' }, slipCard(slip, false)),
      h('p', {}, '请用自己的手机扫码，或者抄下投票码。好了以后按“下一张”，这一张就清除了。'),
      h('p', { class: 'actions' }, button('下一张', () => { this.slips.shift(); this.offer(of, done + 1); }, 'wide')));
  }

  private spare(): void {
    this.spares -= 1;
    this.hand(1, 0);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.slips = [];
  }

  private gone(): void {
    this.forget();
    draw('本页已清除票条，服务器没有保存', h('p', { class: 'done' }, '投票码只在发出去的票条上。可以回到票箱页面，开始投票。'), back());
  }
}

function slipCard({ code }: Slip, spare: boolean): HTMLElement {
  const address = `${location.origin}/b/${data('box')}`;
  const groups = printedSlip(code).split('-').map((group) => h('span', {}, group));
  return h('article', { class: 'vslip' },
    h('div', { class: 'qr' }, picture(`${address}#${code}`)),
    h('div', { class: 'says' },
      h('p', { class: 'of' }, spare && h('b', { class: 'spare' }, '备用'), data('branch')),
      h('p', { class: 'typed' }, ...groups),
      h('p', { class: 'how' }, '扫码投票。扫不了的，在会场公用的设备上输入上面的投票码。一张票条一票，请勿给别人看。'),
      h('p', { class: 'where' }, address)));
}

// As an SVG of squares: sharp on paper, and nothing the content security policy minds.
function picture(text: string): SVGElement {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  }
  const svg = (tag: string, attributes: Record<string, string>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  // Four modules of quiet all around, as the code asks for.
  const picture = svg('svg', { viewBox: `-4 -4 ${count + 8} ${count + 8}`, role: 'img', 'aria-label': '二维码', 'shape-rendering': 'crispEdges' });
  picture.append(svg('path', { d: path, fill: '#000' }));
  return picture;
}

function figure(count: number, label: string): HTMLElement {
  return h('li', {}, h('b', {}, String(count)), h('span', {}, label));
}

function back(): HTMLElement {
  return h('p', { class: 'actions' }, h('a', { class: 'button', href: data('back') || '/' }, '回到票箱页面'));
}

function draw(head: string, ...parts: (HTMLElement | false)[]): void {
  show(h('h1', { id: 'head', tabindex: '-1', class: 'noprint' }, head), ...parts);
  say(head);
}

largeSwitch();
new Page().start();
