// What a branch writes before its meeting, by keyboard alone: study, opinions, talks, lists.
import assert from "node:assert/strict";
import { day, done, open } from "./page.mjs";

/** Sentences of the length people write; number `n` varies them. */
const FACTS = [
  "理论学习不够深入，满足于参加集中学习，自学时间没有保证", "下基层调研次数偏少，同一线同志交流不多",
  "对新业务研究不透，遇到难题有畏难情绪", "接待来访群众时解释政策不够耐心", "参加志愿服务不够主动，结对帮扶走访间隔过长",
];
const CAUSES = ["宗旨意识有所淡化，存在差不多思想", "自我要求有所放松，缺少一股钻劲", "对作风建设的长期性认识不足"];
const MEASURES = [
  "每周安排两个半天自学，每月写一篇心得", "每季度到联系点走访一次，带回问题并逐件答复", "拜老同志为师，年底前独立办结三件难事",
  "实行首问负责，一次讲清所需材料", "每月参加一次志愿服务，走访结对户",
];
const NONE = ["坚决同党中央保持一致，没有发现这方面的问题", "对照规定逐条检查，没有违反的情形", "岗位不直接面对群众，没有这方面的情形"];
const from = (list, n) => list[n % list.length];

/** Two sessions cover every item; everybody was there. */
export async function study(hand, page, host) {
  const items = await countOf(page, "study/new", "item");
  const halves = [items.slice(0, 3), items.slice(3)];
  for (const [at, half] of halves.entries()) {
    await hand.follow("/study");
    await hand.follow("/study/new");
    await hand.date("held_on", day(at - 3));
    await hand.write("place", "老干部活动室");
    await hand.write("host", host);
    for (const item of half) await hand.tick("item", item);
    await hand.press("保存学习记录");
    await hand.follow(new URL(page.url()).pathname.replace(/\/study$/, ""));
  }
}

/** Values of the tick-boxes of one name on a page, looked at beside the work. */
async function countOf(page, rest, name) {
  const beside = await page.context().newPage();
  await beside.goto(`${page.url().split("?")[0]}/${rest}`);
  const values = await beside.locator(`input[name="${name}"]`).evaluateAll((all) => all.map((i) => i.value));
  await beside.close();
  assert.ok(values.length > 0, `${rest} offers ${name}`);
  return values;
}

/** One meeting with people served, three opinions as spoken, each answered for. */
export async function opinions(hand, page) {
  await hand.follow("/opinions");
  await hand.follow("/opinions/new");
  await hand.pick("form", "座谈");
  await hand.pick("source", "服务对象");
  await hand.date("held_on", day(-4));
  await hand.write("place", "社区会议室");
  await hand.write("convenor", "组织委员");
  await hand.press("保存");
  const rows = await page.locator("textarea").evaluateAll((all) => all.map((t) => t.name));
  for (const [at, text] of ["办事窗口中午没有人", "希望多到社区讲政策", "老同志活动安排可以再丰富"].entries()) {
    await hand.write(rows[at], text);
  }
  await hand.press("保存意见");
  await hand.to((stop) => stop.tag === "A" && stop.href.includes("/opinions/about/"), "the opinions on the branch");
  await hand.follow("");
  for (let at = 1; at <= 3; at += 1) {
    await hand.pick(`handling${at}`, "采纳");
    await hand.write(`note${at}`, "已商窗口安排午间轮班");
    await hand.press(`保存第 ${at} 条`);
  }
}

/** Talks as the posts ask: the secretary with everybody, committee people among themselves. */
export async function talks(hand, page, committee) {
  await hand.follow("/talks");
  for (const [at, one] of committee.slice(0, -1).entries()) {
    const partners = await page.locator(".picks label").evaluateAll((all) =>
      all.map((l) => ({ box: l.querySelector("input").name, name: l.innerText.trim() })));
    await hand.pick("one", one);
    await hand.date("held_on", day(-2));
    for (const other of partners) {
      const wanted = at === 0 ? !other.name.startsWith(one) : committee.slice(at + 1).some((c) => other.name.startsWith(c));
      if (wanted) await hand.tick(other.box);
    }
    await hand.press("登记");
    await done(page, "谈话");
  }
}

/** One list: two problems with cause, measure and day, three times "none, because". */
export async function list(hand, page, n, proxy) {
  const sections = await page.locator("section.card:has(input[name^='cat-'])").evaluateAll((all) =>
    all.map((s) => ({ id: s.id, at: s.querySelector("input[name^='cat-']").name.slice(4) })));
  assert.equal(sections.length, 5, "five categories");
  if (proxy) await hand.write("reason", "住院，本人口述");
  for (const [at, section] of sections.entries()) {
    if ((at + n) % 5 < 2) {
      await hand.unfold(section.id);
      await hand.write(`fact-${section.at}`, `${from(FACTS, n + at)}（${n + 1}）`);
      await hand.write(`cause-${section.at}`, from(CAUSES, n + at));
      await hand.write(`measure-${section.at}`, from(MEASURES, n + 2 * at));
      await hand.date(`due-${section.at}`, day(30));
      for (const key of await keysOf(page, `bench-${section.at}`, at)) await hand.tick(`bench-${section.at}`, key);
      for (const key of await keysOf(page, `aspect-${section.at}`, at)) await hand.tick(`aspect-${section.at}`, key);
    } else {
      await hand.write(`none-${section.id}`, from(NONE, at));
    }
  }
  await hand.press(proxy ? "提交" : "提交支部");
}

/** The two problems of a list share out benchmarks and aspects between them. */
async function keysOf(page, name, at) {
  const keys = await page.locator(`input[name="${name}"]`).evaluateAll((all) => all.map((i) => i.value));
  return keys.filter((_, k) => k % 2 === at % 2 || k === 0);
}

/** 「还差什么」 of a branch: the titles still open. */
export async function missing(page, branch) {
  await open(page, branch);
  const titles = await page.locator("ul.todo").first().locator("li h3").evaluateAll((all) =>
    all.map((h) => h.childNodes[0].textContent.trim()));
  return (await page.getByText("目前没有待办").count()) ? [] : titles;
}
