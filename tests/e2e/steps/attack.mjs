// What an attacker does who has everything but the voters' slips and phones: looks for the secrets
// themselves, and for the order, the time, the device or the size that would join a voter and a
// ballot. Each attack is tried on something made for it first, so that finding nothing means something.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** Of Ed25519's subgroup. */
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;
const PAGE = 4096;
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** Everything that follows from a slip's 16 characters, by docs/ROOM.md and docs/BALLOT.md. */
export function secretsOf(uuid, code) {
  let hash = sha256(`pingyi-slip|${uuid}|${code}`);
  for (let round = 0; round < 4096; round += 1) hash = sha256(hash);
  let digits = "";
  for (let j = 0; digits.length < 22; j += 1) {
    for (const byte of sha256(hash, Buffer.from([j]))) if (byte < 232) digits += BASE58[byte % 58];
  }
  const voting = digits.slice(0, 22).replace(/^(.{5})(.{6})(.{5})/, "$1-$2-$3-");
  const half = (index) => sha256(`derive_credential|${uuid}|${index}|${voting}`).toString("hex");
  const exponent = BigInt(`0x${half(0)}${half(1)}`) % ORDER;
  return [code, hash.toString("hex"), voting, voting.replaceAll("-", ""), exponent.toString(10), exponent.toString(16)];
}

/** A secret in the dresses it could lie around in. */
function dresses(secret) {
  const groups = secret.replace(/(.{4})(?=.)/g, "$1-");
  const spellings = [secret, groups, groups.replaceAll("-", " ")];
  const bytes = [...spellings, ...spellings.map((s) => s.toLowerCase())].map((s) => Buffer.from(s));
  bytes.push(Buffer.from(secret, "utf16le"), Buffer.from([...secret].reverse().join("")));
  bytes.push(Buffer.from(Buffer.from(secret).toString("hex")), Buffer.from(Buffer.from(secret).toString("hex").toUpperCase()));
  if (/^[0-9a-f]{64}$/.test(secret)) bytes.push(Buffer.from(secret, "hex"), Buffer.from(secret, "hex").reverse());
  for (const shift of [0, 1, 2]) {
    // what Base64 makes of the middle is the same whatever stands before and after it
    const middle = Buffer.from("~".repeat(shift) + secret).toString("base64");
    bytes.push(Buffer.from(middle.slice(shift ? 4 : 0, 4 * Math.floor((secret.length + shift) / 3))));
  }
  return bytes;
}

/** Names of the things in which one of the secrets stands in some dress. */
export function holding(things, secrets) {
  const needles = secrets.flatMap(dresses);
  return Object.entries(things).filter(([, bytes]) => needles.some((n) => bytes.includes(n))).map(([name]) => name);
}

export function secretsAreNowhere(things, secrets) {
  const one = "ABCD2345EFGH6789";
  const dressed = [one.toLowerCase(), "abcd-2345-EFGH", "ABCD-2345-EFGH-6789", Buffer.from(`{"x":"${one}"}`).toString("hex")];
  for (const before of ["", "x", "xy", "xyz"]) dressed.push(Buffer.from(`${before}${one}yz`).toString("base64"));
  const control = Object.fromEntries(dressed.map((text) => [text, Buffer.from(`... ${text} ...`)]));
  assert.deepEqual(holding(control, [one]), dressed.filter((text) => text !== "abcd-2345-EFGH"), "the search finds what is there");
  assert.deepEqual(holding(things, secrets), []);
}

/** Spearman's ρ of two orders of the same things: 1 the same, -1 backwards, about 0 by chance. */
export function correlation(one, other) {
  const n = one.length;
  const squares = one.map((item, at) => (at - other.indexOf(item)) ** 2).reduce((a, b) => a + b, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

/** Of eleven things by chance once in some ten thousand times. */
const TELLS = 0.92;

/** What stands in a slip's row until a ballot does, block by block (crates/storage/src/padded.rs). */
function filler(credential, block) {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(block));
  return sha256(credential, number);
}

/** The ballots' pages in the order in which a list of page numbers has them first, and last. */
export function listedOrders(bytes, pages) {
  const first = new Map();
  const last = new Map();
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    for (const number of [bytes.readUInt32LE(at), bytes.readUInt32BE(at)]) {
      const of = pages.get(number);
      if (of === undefined) continue;
      if (!first.has(of)) first.set(of, at);
      last.set(of, at);
    }
  }
  const sorted = (map) => [...map.entries()].sort((a, b) => a[1] - b[1]).map(([of]) => of);
  return [sorted(first), sorted(last)];
}

/** `cast`: ballots in the order of casting, each with its `credential` and `bytes`. */
export function orderIsNowhere(before, after, cast) {
  const pages = new Map();
  for (const [nth, one] of cast.entries()) {
    // name and fingerprint of the election, and the credential
    const beginning = one.bytes.subarray(0, 200);
    // In the file each ballot lies where its slip's filler lay before anybody voted.
    const place = before.db.indexOf(filler(one.credential, 0));
    assert.ok(place > 0, "every slip had its place");
    assert.ok(after.db.subarray(place, place + 200).equals(beginning), "casting moves nothing");
    // a block that lies on a page of this slip alone
    const inside = [40, 41, 42].map((block) => before.db.indexOf(filler(one.credential, block))).find((at) => at > 0);
    pages.set(Math.floor(inside / PAGE) + 1, nth);
  }
  assert.equal(pages.size, cast.length);
  // The write-ahead log may have the archive, in the order of credentials; no order of casting.
  for (const pick of [0, -1]) {
    const logged = cast.map((one, nth) => [nth, places(after.wal, one.bytes).at(pick)]).filter(([, at]) => at !== undefined);
    const order = logged.sort((a, b) => a[1] - b[1]).map(([nth]) => nth);
    assert.ok(order.length < 6 || Math.abs(correlation(order, [...order].sort((a, b) => a - b))) < TELLS, `ballots in the log: ${order}`);
  }
  const told = Buffer.alloc(cast.length * 8);
  for (const [page, nth] of pages) told.writeUInt32LE(page, nth * 8);
  assert.equal(orderTold(told, pages), 1, "the attack finds an order that is there");
  for (const name of ["wal", "shm"]) {
    const told = orderTold(after[name], pages);
    assert.ok(told < TELLS, `the pages in ${name} tell the order of casting: ${told}`);
  }
}

/** Where a ballot stands, by some of the numbers in it, which a page's end may cut. */
export function places(bytes, ballot) {
  const marks = [0.3, 0.5, 0.7, 0.9].map((part) => ballot.subarray(part * ballot.length, part * ballot.length + 60));
  const found = [];
  for (const mark of marks) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) found.push(at);
    if (found.length > 0) break;
  }
  return found;
}

function orderTold(bytes, pages) {
  const orders = listedOrders(bytes, pages).filter((order) => order.length >= 6);
  return Math.max(0, ...orders.map((order) => Math.abs(correlation(order, [...order].sort((a, b) => a - b)))));
}

/** Rows of a database as objects; the file may be in use. */
export function query(file, sql) {
  const seen = spawnSync("sqlite3", ["-readonly", "-json", file, sql], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(seen.status, 0, `sqlite3 ${sql}: ${seen.stderr}`);
  return seen.stdout.trim() ? JSON.parse(seen.stdout) : [];
}

/** The moment that a stored value tells, in milliseconds, if it tells one. */
function moment(value) {
  if (typeof value === "number") {
    return [1000, 1, 0.001].map((unit) => value * unit).find((ms) => ms > 1e12 && ms < 3e12);
  }
  if (typeof value !== "string") return undefined;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-7/i.test(value)) return Number.parseInt(value.replaceAll("-", "").slice(0, 12), 16);
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value)) return Date.parse(value);
  return undefined;
}

/** Rows of any table that tell a moment between two others: `table.column`, with the row. */
export function momentsBetween(file, [from, to]) {
  const tables = query(file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  return tables.flatMap(({ name: table }) => {
    const columns = query(file, `SELECT name FROM pragma_table_info('${table}') WHERE type <> 'BLOB' AND type <> 'BYTEA'`);
    const rows = query(file, `SELECT ${columns.map((c) => `"${c.name}"`).join(", ")} FROM "${table}"`);
    return rows.flatMap((row) => Object.entries(row)
      .filter(([, value]) => { const at = moment(value); return at !== undefined && at >= Math.floor(from / 1000) * 1000 && at <= to; })
      .map(([column]) => ({ at: `${table}.${column}`, row })));
  });
}

/** Log lines that were written between two moments. */
export function linesBetween(log, [from, to]) {
  return log.split("\n").filter((line) => {
    const at = Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0] ?? "");
    return at >= from && at <= to;
  });
}

/** Version 7 ids name their millisecond: none anywhere in the bytes is of that time. */
export function idsBetween(bytes, [from, to]) {
  const found = bytes.toString("latin1").match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g) ?? [];
  return found.filter((id) => { const at = moment(id); return at >= from && at <= to; });
}

/** The database file with its side files, as they lie there now. */
export function files(data) {
  const read = (suffix) => (existsSync(`${data}/pingyi.db${suffix}`) ? readFileSync(`${data}/pingyi.db${suffix}`) : Buffer.alloc(0));
  return { db: read(""), wal: read("-wal"), shm: read("-shm"), journal: read("-journal") };
}
