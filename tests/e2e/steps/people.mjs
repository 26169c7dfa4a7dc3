// Who of the small fixture roster acts in the tests, and where.
export const UNIT = "市政府办公室党总支";
export const BRANCH = "市政府办公室第一党支部";
export const OTHERS = ["市政府办公室第二党支部", "市政府办公室离退休党支部"];
export const PEOPLE = {
  unit: { name: "崔钧静", password: "Zongzhi-2015-sj" },
  secretary: { name: "孟祥芳", password: "Zhibu-2015-shuji" },
  member: { name: "张芳", password: "Zuzhi-2015-weiyuan" },
};
