/** Building and replacing what a page shows; the 大字版 switch. No business of any one page. */

type Child = Node | string | false | undefined;
type Listener = (event: Event) => void;
/** Attributes; `onclick`, `onsubmit`, `oninput` take functions. `false` leaves an attribute out. */
export type Props = Readonly<Record<string, string | number | boolean | Listener>>;

/** An element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== false && child !== undefined));
  return element;
}

/** A button that does something. */
export function button(label: string, onclick: () => void, look = ''): HTMLButtonElement {
  return h('button', { type: 'button', class: look, onclick }, label);
}

/** The element with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no #${id}`);
  return element;
}

/** Puts this in place of what the page showed. */
export function show(...children: Child[]): void {
  byId('main').replaceChildren(...children.filter((child): child is Node | string => child !== false && child !== undefined));
}

/** Says it to those who listen rather than look. */
export function say(text: string): void {
  const live = document.getElementById('live');
  if (live !== null && live.textContent !== text) live.textContent = text;
}

/** A `data-` attribute of `<main>`. */
export function data(name: string): string {
  return byId('main').dataset[name] ?? '';
}

const LARGE = 'pingyi-large';

/** Makes the 大字版 switch work; what is chosen holds for this tab. */
export function largeSwitch(): void {
  const control = byId('large');
  control.addEventListener('click', () => setLarge(!document.documentElement.classList.contains('large')));
  setLarge(tab()?.getItem(LARGE) === 'yes');
}

/** Turns 大字版 on or off. */
export function setLarge(large: boolean): void {
  document.documentElement.classList.toggle('large', large);
  const control = byId('large');
  control.textContent = large ? '标准字' : '大字版';
  control.setAttribute('aria-pressed', String(large));
  if (large) tab()?.setItem(LARGE, 'yes');
  else tab()?.removeItem(LARGE);
}

/** The tab's storage, where the browser lets pages have it. */
export function tab(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
