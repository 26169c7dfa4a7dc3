// The branch meeting, from opening it to its end.
import { shots } from "../harness.mjs";
import { day, done, fill, press, says } from "./page.mjs";

/** Names on an attendance or appraisal list with the ids of their lines. */
export async function lines(page, prefix) {
  const found = [];
  for (const row of await page.locator("main tbody tr").all()) {
    const input = row.locator(`input[name^="${prefix}_"]`).first();
    if (!(await input.count())) continue;
    const name = (await row.locator("legend").textContent()).trim();
    found.push({ name, id: (await input.getAttribute("name")).slice(prefix.length + 1), text: await row.innerText() });
  }
  return found;
}

export async function openMeeting(page, branch, secretary) {
  await page.goto(new URL(`${branch}/meeting`, page.url()).href);
  await shots(page, "cycle-19-meeting-before");
  await fill(page, { held_on: day(), began: "00:00", recorder: "方文华" });
  await fill(page, { host: secretary });
  await press(page, "宣布开会");
  await done(page, "会议已开始记录");
  await shots(page, "cycle-20-meeting-open");
}

/** One absent, one not due, one observer; answers with the members and those two. */
export async function attendance(page, branch, observer) {
  await page.goto(new URL(`${branch}/meeting/attendance`, page.url()).href);
  await shots(page, "cycle-21-attendance");
  const members = await lines(page, "s");
  const ordinary = members.filter((m) => !/书记|委员|以普通党员/.test(m.text));
  const [absent, excluded] = [ordinary[3], ordinary[5]];
  await page.click(`label[for="b${absent.id}"]`);
  await page.click(`label[for="c${excluded.id}"]`);
  await press(page, "保存到会情况", { status: 422 });
  await says(page, "没有保存：有 2 行要改正", "请写明缺席原因", "不列入应到的，请选择原因");
  await shots(page, "cycle-21-attendance-refused");
  await fill(page, { [`r_${absent.id}`]: "出差在外", [`p_${excluded.id}`]: "支部委员会", [`d_${excluded.id}`]: day(-1) });
  await page.selectOption(`[name="x_${excluded.id}"]`, { index: 1 });
  const names = page.locator("[name=observer_name]");
  await names.first().fill(observer.name);
  await page.locator("[name=observer_capacity]").first().fill(observer.capacity);
  await shots(page, "cycle-21-attendance-filled");
  await press(page, "保存到会情况");
  await done(page, "到会情况已保存");
  return { members, absent, excluded };
}

export async function figures(page) {
  const found = {};
  for (const label of ["应到", "实到", "缺席", "不列入应到", "列席"]) {
    const items = page.locator("#attendance .figures li");
    const exact = items.filter({ has: page.getByText(label, { exact: true }) });
    found[label] = (await exact.count()) ? (await exact.first().locator("b").innerText()).trim() : "0";
  }
  return found;
}

export async function envoy(page, name, comment) {
  await fill(page, { envoy_name: name, envoy_comment: comment });
  await press(page, "保存派员和点评");
  await done(page, "上级派员和点评已保存");
}

export async function criticismOver(page) {
  // Where the order of speaking is recorded, nobody asks again who was first.
  if (await page.locator("#first").count()) await page.selectOption("#first", "secretary");
  await press(page, "批评环节结束");
  await done(page, "批评与自我批评环节已结束");
  await shots(page, "cycle-22-criticism-over");
}

export async function minutesAndClose(page, branch) {
  await page.goto(new URL(`${branch}/meeting`, page.url()).href);
  const areas = page.locator("#record textarea");
  for (let at = 0; at < (await areas.count()); at += 1) {
    await areas.nth(at).fill(`第${at + 1}部分要点：对照检查，逐人发言，相互批评，书记小结。`);
  }
  await press(page, "保存会议记录");
  await done(page, "会议记录已保存");
  await press(page, "宣布散会");
  await done(page, "会议已结束");
  await shots(page, "cycle-31-meeting-closed");
}
