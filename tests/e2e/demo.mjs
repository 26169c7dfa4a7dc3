// The accounts a demo prints: `login  identity  name  note`, one a line, one password for all.
const KEYS = {
  zuzhike: "clerk", lingdao: "leader", danwei: "unit", shuji: "secretary", weiyuan: "teller",
  weiyuan2: "second-teller", dangyuan: "member",
  danwei2: "unit-after", shuji2: "secretary-after", dangyuan2: "member-after", xitong: "system", anquan: "security", shenji: "audit",
};

export function demoAccounts(output) {
  const password = output.match(/密码都是：(\S+)/)?.[1];
  const found = {};
  for (const [login, key] of Object.entries(KEYS)) {
    const line = output.match(new RegExp(`^\\s*${login}\\s+\\S+\\s+(\\S+)`, "m"));
    if (line) found[key] = { login, password, name: line[1] };
  }
  if (Object.keys(found).length !== Object.keys(KEYS).length) throw new Error(`accounts missing: ${output}`);
  return found;
}
