/**
 * The four pages in a real browser against a stand-in server: voting, changing one's mind, a bad
 * network, the kiosk, a scrutineer from key to share, slips to paper, the projector.
 *
 * `npm run rooms`; needs /usr/bin/chromium and tests/e2e/node_modules (playwright-core). Pictures
 * go to $SHOTS if it is set.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BOX, cli, electionOf, serve, wordOf } from './server.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const { chromium } = createRequire(join(root, 'tests/e2e/package.json'))('playwright-core');
const axe = readFileSync(join(root, 'tests/e2e/node_modules/axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
const uuid = 'Sh3Pm17XNPXeB9';
const rows = ['张建国', '李秀英', '王志强', '欧阳明月', '陈思远', '刘桂兰'];
const [slip, second] = [
  ['W4A2-58S8-P4EJ-KAP5', 'sSGoe-K4G4WV-ibTc9-iPQiBG'],
  ['ST24-Q2E9-DXTB-XBK4', 'BE6ag-64txSJ-Fjypf-8zCHi1'],
];
const trustee = cli({ command: 'trustee' });
const key = JSON.parse(trustee.json).public_key;
let browser;
let room;
let server;

function freshRoom() {
  return {
    uuid, election: electionOf(uuid, key, rows), credentials: [], ballots: new Map(), backs: [], tests: [], failures: 0, sameWord: 0,
    refuse: undefined, spoil: undefined, state: 'open', label: '投票中', out: 0, voters: 12, spares: 3,
    keys: { one: { name: '张建国', number: 1 }, two: { name: '李秀英', number: 2 } },
    projector: { state: 'open', label: '投票中', present: 12, drawn: 12, cast: 0, handed_back: 0, spare: 3, out: 12, paper: 0, tested: 0, test: null, words: [], opened: Math.floor(Date.now() / 1000) - 95, closing: null, archive: null, reveals: '12 人投票，公布的只有每名党员的得票合计，看不出谁投了什么。' },
  };
}

/** A fresh room before each test, so that none depends on another; its phones have gone home. */
async function evening() {
  for (const context of browser.contexts()) await context.close();
  Object.assign(room, freshRoom());
  room.credentials = slips.map(({ credential }) => credential);
  server.log.length = 0;
}

const slips = [];

before(async () => {
  room = freshRoom();
  server = await serve(room);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  for (const [code, credential] of [slip, second]) {
    const ballot = cli({ command: 'ballot', election: room.election, credential, choices: rows.map(() => null) });
    slips.push({ code, credential: JSON.parse(ballot.json).credential });
  }
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
});

after(async () => {
  await browser?.close();
  server?.stop();
});

/** `clock`: the page's time is the test's to move, so that nobody waits for it. */
async function open(path, { clock = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  if (clock) await page.clock.install();
  page.setDefaultTimeout(30_000);
  page.faults = [];
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('ERR_')) page.faults.push(message.text()); });
  page.on('pageerror', (error) => page.faults.push(String(error)));
  await page.goto(server.url + path);
  return page;
}

async function picture(page, name) {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** What the page does by itself every two seconds, now. */
const poll = (page) => page.clock.runFor(2100);
const press = (page, label) => page.click(`button:has-text("${label}")`);
const heading = async (page, text) => { await page.waitForFunction((wanted) => document.getElementById('head')?.textContent.includes(wanted), text); };
const voted = (code) => room.ballots.get(slips.find((one) => one.code === code).credential);
const posts = () => server.log.filter(({ method }) => method === 'POST');
const bare = (code) => code.replace(/-/g, '');

/** What is in a ballot, told by the key that this test has. */
function opened(ballot) {
  const { json } = cli({ command: 'tally', election: room.election, ballots: [ballot] });
  const pairs = JSON.parse(json);
  const factors = JSON.parse(cli({ command: 'decrypt', election: room.election, encrypted_tally: json, secret: trustee.secret }).json).decryption_factors;
  // beta = alpha^x exactly where the answer was not chosen.
  return pairs.map((row, at) => row.findIndex(({ beta }, choice) => beta !== factors[at][choice]));
}

test('a scanned slip votes with no request in between, and the ballot says what was chosen', async () => {
  await evening();
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await heading(page, '张建国');
  assert.ok(!page.url().includes('#'), 'the code has left the address bar');
  await picture(page, 'vote-card-360');
  await page.click('.grade.g0');
  await picture(page, 'vote-chosen-360');
  await page.keyboard.press('Enter');
  await heading(page, '李秀英');
  await page.keyboard.press('3');
  await page.keyboard.press('ArrowRight');
  await page.click('.grade.g1');
  await page.click('.grade.g1');
  await press(page, '看全部选择');
  await heading(page, '请核对');
  await picture(page, 'vote-summary-360');
  await page.click('.pick >> nth=3');
  await page.click('.grade.g1');
  await press(page, '看全部选择');
  assert.equal(server.log.filter(({ url }) => !url.startsWith('/assets/')).length, 1);
  await page.click('.cast');
  await heading(page, '已投入票箱');
  await picture(page, 'vote-done-360');
  assert.deepEqual(opened(voted(slip[0])), [0, 2, -1, 1, -1, -1]);
  assert.equal(await page.textContent('.word-code b'), wordOf(voted(slip[0])));
  assert.equal(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage })), '{}');
  for (const { body, headers, url } of server.log) {
    assert.ok(!`${url} ${body} ${JSON.stringify(headers)}`.includes(bare(slip[0])), 'the code never travels');
    assert.equal(headers.cookie, undefined);
  }
  assert.deepEqual(page.faults, []);
});

test('a change of mind replaces the ballot and says so; a reload keeps the draft', async () => {
  await evening();
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await page.click('.grade.g0');
  await page.reload();
  await page.waitForSelector('.grade.g0.on');
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  const first = voted(slip[0]);
  await press(page, '改投');
  await heading(page, '张建国');
  assert.equal(await page.locator('.grade.on').count(), 0, 'the earlier choice is not shown');
  await page.click('.grade.g2');
  await press(page, '看全部选择');
  await page.click('.cast');
  await page.waitForSelector('text=已更换为新的选票');
  await picture(page, 'vote-replaced-360');
  assert.notEqual(voted(slip[0]), first);
  assert.equal(opened(voted(slip[0]))[0], 2);
  assert.deepEqual(page.faults, []);
});

test('with the network gone the same bytes are sent until there is an answer', async () => {
  await evening();
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await press(page, '看全部选择');
  room.failures = 4;
  await page.click('.cast');
  await heading(page, '网络不通，正在重试');
  await picture(page, 'vote-retry-360');
  await press(page, '重试');
  await heading(page, '已投入票箱');
  const sent = posts().map(({ body }) => body);
  assert.equal(sent.length, 5);
  assert.equal(new Set(sent).size, 1);
  assert.equal(await page.locator('text=已更换').count(), 0);
});

test('a word code already taken is sealed again without the voter noticing', async () => {
  await evening();
  room.sameWord = 2;
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  assert.equal(new Set(posts().map(({ body }) => body)).size, 3);
  assert.equal(await page.textContent('.word-code b'), wordOf(voted(slip[0])));
});

test('a refusal shows the words of the server and what to do', async () => {
  await evening();
  room.refuse = ['not_open', '投票还没有开始。请等主持人宣布开始后再按“再投一次”。'];
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await page.click('.grade.g1');
  await press(page, '看全部选择');
  await page.click('.cast');
  await page.waitForSelector('text=投票还没有开始');
  await picture(page, 'vote-refused-360');
  room.refuse = undefined;
  await press(page, '再投一次');
  await heading(page, '已投入票箱');
  assert.equal(opened(voted(slip[0]))[0], 1);
  await press(page, '改投');
  await press(page, '看全部选择');
  room.refuse = ['closed', '投票已经截止，不再收票。如有疑问请向监票人说明。'];
  await page.click('.cast');
  await page.waitForSelector('text=投票已经截止');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing is kept of a slip that votes no more');
});

test('a wrong code says which way it is wrong; a scanned code in the open tab starts anew', async () => {
  await evening();
  const page = await open(`/b/${BOX}`);
  await heading(page, '请输入投票码');
  await page.fill('#code', 'w4a2 58s8 p4ej kap6');
  await press(page, '开始');
  await page.waitForSelector('text=有一位输错了');
  await picture(page, 'vote-code-360');
  await page.fill('#code', slip[0].toLowerCase());
  await press(page, '开始');
  await page.click('.grade.g0');
  await page.evaluate((code) => { location.hash = code; }, bare(second[0]));
  await page.waitForFunction(() => document.querySelectorAll('.grade.on').length === 0);
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  assert.deepEqual([...room.ballots.keys()], [slips[1].credential]);
});

test('a slip is handed back with a proof, after asking', async () => {
  await evening();
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await press(page, '不投票，交回票条');
  await picture(page, 'vote-back-360');
  await press(page, '不交回，继续投票');
  await heading(page, '张建国');
  await press(page, '不投票，交回票条');
  await press(page, '我领了票，不投了');
  await heading(page, '票条已交回');
  const [back] = room.backs.map((one) => JSON.parse(one));
  assert.equal(back.kind, 'handed_back');
  assert.equal(back.credential, slips[0].credential);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test('the kiosk keeps nothing of a voter: not by reload, not by going back, not after 20 seconds', async () => {
  await evening();
  const page = await open(`/b/${BOX}?kiosk=1`, { clock: true, viewport: { width: 800, height: 1280 } });
  await page.fill('#code', slip[0]);
  await press(page, '开始');
  await page.click('.grade.g2');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  await picture(page, 'kiosk-done');
  await press(page, '下一位');
  await heading(page, '请输入投票码');
  assert.equal(await page.inputValue('#code'), '');
  assert.ok(!(await page.content()).includes(wordOf(voted(slip[0]))));
  await page.fill('#code', second[0]);
  await press(page, '开始');
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  await page.waitForSelector('text=秒后自动清除');
  await page.clock.runFor(18_000);
  await heading(page, '已投入票箱');
  await page.clock.runFor(4_000);
  await heading(page, '请输入投票码');
  assert.equal(await page.evaluate(() => history.length <= 2 && !location.href.includes('#')), true);
  assert.deepEqual(page.faults, []);
});

test('a public test ballot says so on every screen, is opened and never cast', async () => {
  await evening();
  const page = await open(`/b/${BOX}?test=1`);
  await heading(page, '试投票');
  await picture(page, 'test-code');
  await page.fill('#code', slip[0]);
  await press(page, '开始');
  await page.click('.grade.g1');
  assert.match(await page.textContent('.place'), /试投票/);
  await press(page, '看全部选择');
  await page.waitForSelector('text=不要投真实意见');
  await picture(page, 'test-summary');
  assert.equal(await page.locator('text=交回票条').count(), 0);
  await press(page, '试投并当众打开');
  await heading(page, '试投票已当众打开');
  await picture(page, 'test-opened');
  assert.equal(room.ballots.size, 0);
  const sent = JSON.parse(room.tests[0]);
  assert.deepEqual(sent.choices, [1, null, null, null, null, null]);
  assert.deepEqual(sent.randomness.map((row) => row.length), rows.map(() => 3));
  const verdict = cli({ command: 'verify_ballot', election: room.election, credentials: JSON.stringify(room.credentials), ballot: sent.ballot });
  assert.ok(verdict.ok);
  assert.deepEqual(opened(sent.ballot), [1, -1, -1, -1, -1, -1]);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  room.refuse = ['differs', '不一致：封好的票与手机上所选的不同。'];
  await press(page, '再试一张备用票条');
  await page.fill('#code', second[0]);
  await press(page, '开始');
  await press(page, '看全部选择');
  await press(page, '试投并当众打开');
  await heading(page, '试投票不一致');
  await picture(page, 'test-differs');
  assert.deepEqual(page.faults.filter((fault) => !fault.includes('409')), []);
});

test('the projector shows a test ballot before voting, and sheets beside slips', async () => {
  await evening();
  const page = await open('/p/screen', { clock: true, viewport: { width: 1280, height: 720 } });
  const said = rows.map((row, at) => [row, ['好', '一般', '差', '弃权'][at % 4]]);
  room.projector = { ...room.projector, state: 'ready', label: '待投票', tested: 1, test: { agrees: true, rows: said } };
  await poll(page);
  await page.waitForSelector('text=与手机上所选一致');
  assert.equal(await page.locator('.codes li').count(), rows.length);
  await picture(page, 'projector-test');
  room.projector = { ...room.projector, test: { agrees: false, rows: said } };
  await poll(page);
  await page.waitForSelector('text=不一致');
  await picture(page, 'projector-test-differs');
  room.projector = { ...room.projector, state: 'open', label: '投票中', test: null, present: 12, drawn: 8, paper: 4, cast: 5, handed_back: 1, out: 2, words: Array.from({ length: 5 }, (_, n) => wordOf(`half ${n}`)).sort() };
  await poll(page);
  await page.waitForSelector('text=领测评表');
  await picture(page, 'projector-half');
  assert.equal(await page.locator('.wrong').count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  assert.deepEqual(page.faults, []);
});

test('a scrutineer makes a key that survives reload, adds the box up and only then opens its part', async () => {
  await evening();
  room.state = 'keys';
  room.label = '待监票人准备';
  const page = await open('/k/one', { clock: true });
  await heading(page, '准备监票');
  await picture(page, 'scrutineer-prepare-360');
  await press(page, '准备');
  await heading(page, '已准备好');
  const document = JSON.parse(room.keys.one.document);
  assert.deepEqual(Object.keys(document), ['pok', 'public_key']);
  // This room's election is for this one key, so that the test can go on without the others.
  room.election = electionOf(uuid, document.public_key, rows);
  room.state = 'last_call';
  room.label = '即将截止';
  room.out = 2;
  await page.reload();
  await heading(page, '还有 2 张票条');
  await page.fill('#reason', '两位同志提前离会');
  await poll(page);
  assert.equal(await page.inputValue('#reason'), '两位同志提前离会', 'asking the server leaves what is typed');
  await picture(page, 'scrutineer-missing-360');
  await press(page, '确认缺票');
  await page.waitForSelector('text=等另一名监票人');
  assert.equal(room.keys.one.reason, '两位同志提前离会');
  for (const [at, [, credential]] of [slip, second].entries()) {
    const { json } = cli({ command: 'ballot', election: room.election, credential, choices: rows.map((_, row) => (row + at) % 3) });
    room.ballots.set(JSON.parse(json).credential, json);
  }
  room.state = 'closed';
  room.label = '已截止';
  await heading(page, '可以计票了');
  await picture(page, 'scrutineer-count-360');
  room.spoil = (tally) => JSON.stringify(JSON.parse(tally).reverse());
  await press(page, '计票');
  await page.waitForSelector('text=和服务器的不一致');
  await picture(page, 'scrutineer-mismatch-360');
  assert.equal(room.keys.one.share, undefined);
  assert.ok(!(await page.evaluate(() => Object.values(localStorage).join(' '))).includes('decryption_factors'));
  room.spoil = undefined;
  await press(page, '计票');
  await heading(page, '本机计票已完成');
  const { decryption_factors: factors } = JSON.parse(room.keys.one.share);
  assert.equal(factors.length, rows.length);
  assert.ok(!(await page.evaluate(() => Object.values(localStorage).join(' '))).includes('"secret":'), 'the secret is gone once it is used');
  await press(page, '逐票核对');
  await page.waitForSelector('text=2 票全部合规定');
  await picture(page, 'scrutineer-checked-360');
  assert.ok(server.log.some(({ url }, at) => url === '/assets/booth.js' && at > 3), 'workers have loaded the core');
  assert.deepEqual(page.faults, []);
});

test('one device opens one sum only', async () => {
  await evening();
  room.state = 'keys';
  const page = await open('/k/two');
  await press(page, '准备');
  await heading(page, '已准备好');
  room.election = electionOf(uuid, JSON.parse(room.keys.two.document).public_key, rows);
  const ballot = (credential, grade) => cli({ command: 'ballot', election: room.election, credential, choices: rows.map(() => grade) }).json;
  room.ballots.set(slips[0].credential, ballot(slip[1], 0));
  room.state = 'closed';
  await press(page, '计票');
  await heading(page, '本机计票已完成');
  // The server claims not to have got it, and shows another box.
  room.keys.two.share = undefined;
  room.ballots.set(slips[1].credential, ballot(second[1], 1));
  await page.reload();
  await press(page, '计票');
  await page.waitForSelector('text=一个票箱只计一次');
  assert.equal(room.keys.two.share, undefined);
});

test('another phone than the one that made the key says what is lost', async () => {
  await evening();
  room.keys.one.document = '{}';
  const page = await open('/k/one');
  await heading(page, '这里没有您的钥匙');
  await picture(page, 'scrutineer-lost-360');
});

test('slips are made, registered, printed and forgotten; the server never has a code', async () => {
  await evening();
  room.voters = 10;
  const page = await open('/slips', { viewport: { width: 1280, height: 900 } });
  // As if printing took no time; the dialogue itself is the browser's.
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await picture(page, 'slips-plan');
  await press(page, '制作并打印');
  await page.waitForFunction(() => window.printed);
  assert.equal(room.credentials.length, 13);
  assert.deepEqual(room.credentials, [...room.credentials].sort());
  assert.equal(posts()[0].headers['x-csrf'], 'token');
  const codes = await page.locator('.vslip .typed').evaluateAll((all) => all.map((one) => [...one.children].map((group) => group.textContent).join('-')));
  assert.equal(new Set(codes).size, 13);
  assert.equal(await page.locator('.vslip .spare').count(), 3);
  if (shots !== undefined) await page.screenshot({ path: join(shots, 'slips-sheets.png'), fullPage: true });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  if (shots !== undefined) writeFileSync(join(shots, 'slips.pdf'), pdf);
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 3, 'two sheets for ten voters, one of spares');
  await heading(page, '票条都打印好了吗');
  const before = JSON.stringify(server.log);
  for (const code of codes) assert.ok(!before.includes(code) && !before.includes(bare(code)));
  // A printed slip votes.
  const voter = await open(`/b/${BOX}#${bare(codes[0])}`);
  await press(voter, '看全部选择');
  await voter.click('.cast');
  await heading(voter, '已投入票箱');
  await press(page, '打印好了，清除');
  await heading(page, '本页已清除票条，服务器没有保存');
  await picture(page, 'slips-gone');
  const left = await page.content();
  for (const code of codes) for (const group of code.split('-')) assert.ok(!left.includes(`>${group}<`));
  assert.deepEqual(page.faults, []);
});

test('without a printer the slips are shown one at a time, each once', async () => {
  await evening();
  room.voters = 2;
  room.spares = 1;
  const page = await open('/slips', { viewport: { width: 1024, height: 768 } });
  await press(page, '没有打印机');
  const seen = new Set();
  for (const next of ['显示我的票条', '显示我的票条', '发一张备用票条']) {
    await press(page, next);
    await heading(page, '您的票条');
    seen.add(await page.textContent('.vslip .typed'));
    if (seen.size === 1) await picture(page, 'slips-handout');
    await press(page, '下一张');
  }
  assert.equal(seen.size, 3);
  await press(page, '清除');
  await heading(page, '本页已清除票条');
});

test('the projector shows numbers and codes, and 150 of them fit', async () => {
  await evening();
  const page = await open('/p/screen', { clock: true, viewport: { width: 1280, height: 720 } });
  await page.waitForSelector('.equation');
  await page.waitForSelector('text=看不出谁投了什么');
  await picture(page, 'projector-empty');
  room.projector = { ...room.projector, cast: 7, out: 4, handed_back: 1, words: Array.from({ length: 7 }, (_, n) => wordOf(`few ${n}`)).sort() };
  await poll(page);
  await page.waitForSelector('.codes.big');
  assert.match(await page.textContent('#state'), /^投票中 1:\d\d$/);
  await picture(page, 'projector-7');
  room.projector = { ...room.projector, state: 'last_call', label: '即将截止', closing: Math.floor(Date.now() / 1000) + 60, present: 152, drawn: 151, cast: 150, out: 0, words: Array.from({ length: 150 }, (_, n) => wordOf(`many ${n}`)).sort() };
  await poll(page);
  await page.waitForSelector('.codes.tiny');
  assert.match(await page.textContent('#state'), /即将截止 \d:\d\d/);
  await picture(page, 'projector-150');
  const hidden = await page.locator('.codes li').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().bottom > innerHeight || one.scrollWidth > one.clientWidth).length);
  assert.equal(hidden, 0);
  room.projector = { ...room.projector, state: 'counted', label: '已计票', closing: null, present: 151, archive: 'a'.repeat(64) };
  await poll(page);
  await page.waitForSelector('text=已计票');
  await page.waitForSelector('.archive');
  await picture(page, 'projector-counted');
  const all = await page.locator('.codes li, .archive').evaluateAll((each) => each.filter((one) => one.getBoundingClientRect().bottom > innerHeight).length);
  assert.equal(all, 0);
  room.projector = { ...room.projector, state: 'voided', label: '已作废' };
  await poll(page);
  await page.waitForSelector('text=重新打开大屏幕');
  assert.equal(await page.locator('.codes').count(), 0);
  await picture(page, 'projector-voided');
  assert.deepEqual(page.faults, []);
});

test('nothing runs over at 360 px, in 大字版 and with 1.5 times the letters', async () => {
  await evening();
  room.election = electionOf(uuid, key, rows, ['优秀', '合格', '基本合格', '不合格']);
  const page = await open(`/b/${BOX}#${bare(slip[0])}`);
  await page.click('#large');
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await picture(page, 'vote-large-360');
  assert.equal(await wide(), false);
  const small = await page.locator('button, a, summary').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent));
  assert.deepEqual(small, []);
  await press(page, '看全部选择');
  await picture(page, 'vote-large-summary-360');
  assert.equal(await wide(), false);
  await page.click('#large');
  // The phone's own setting for larger letters.
  await page.evaluate(() => { document.documentElement.style.fontSize = '150%'; });
  await page.click('.pick >> nth=0');
  await picture(page, 'vote-150-percent-360');
  assert.equal(await wide(), false);
  await press(page, '看全部选择');
  await page.click('.cast');
  await heading(page, '已投入票箱');
  await picture(page, 'vote-done-150-percent-360');
  assert.equal(await wide(), false);
});

async function complaints(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('axe has nothing to say about any screen', async () => {
  await evening();
  const voter = await open('/b/' + BOX);
  assert.deepEqual(await complaints(voter), []);
  await voter.fill('#code', slip[0]);
  await press(voter, '开始');
  for (const next of ['.g0', '.g1', '.g2']) {
    await voter.click(`.grade${next}`);
    assert.deepEqual(await complaints(voter), []);
  }
  await press(voter, '不投票，交回票条');
  assert.deepEqual(await complaints(voter), []);
  await press(voter, '不交回');
  await press(voter, '看全部选择');
  assert.deepEqual(await complaints(voter), []);
  await voter.click('.cast');
  await heading(voter, '已投入票箱');
  assert.deepEqual(await complaints(voter), []);
  room.state = 'keys';
  const scrutineer = await open('/k/one');
  await heading(scrutineer, '准备监票');
  assert.deepEqual(await complaints(scrutineer), []);
  await press(scrutineer, '准备');
  room.state = 'last_call';
  room.out = 2;
  await heading(scrutineer, '还有 2 张票条');
  assert.deepEqual(await complaints(scrutineer), []);
  room.voters = 2;
  const computer = await open('/slips');
  assert.deepEqual(await complaints(computer), []);
  await press(computer, '没有打印机');
  await press(computer, '显示我的票条');
  await heading(computer, '您的票条');
  assert.deepEqual(await complaints(computer), []);
  room.projector.words = ['青松 37'];
  const screen = await open('/p/screen', { clock: true, viewport: { width: 1280, height: 720 } });
  await screen.waitForSelector('.codes');
  assert.deepEqual(await complaints(screen), []);
});
