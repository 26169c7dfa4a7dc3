/** Prints how long a 30-row ballot (3 answers, min 0, max 1) takes on this machine; judges nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = mkdtempSync(join(tmpdir(), 'pingyi-booth-bench-'));
const outfile = join(outdir, 'booth.mjs');
await build({ absWorkingDir: root, entryPoints: ['src/index.ts'], bundle: true, format: 'esm', platform: 'node', loader: { '.txt': 'text' }, target: 'node20', outfile });
const booth = await import(pathToFileURL(outfile).href);
rmSync(outdir, { recursive: true });

const rows = 30;
const uuid = '5nWzkvMDq3hyuE';
const question = (n) => ({ answers: ['好', '一般', '差'], min: 0, max: 1, question: `党员${n}` });
const election = JSON.stringify({
  version: 1, description: '', name: '民主评议', group: 'Ed25519',
  public_key: JSON.parse(booth.generateTrustee().json).public_key,
  questions: Array.from({ length: rows }, (_, n) => question(n)), uuid,
});
const voter = booth.generateCredential();

/** Milliseconds of processor time of one call: the machine may be busy with other things. */
function timed(action) {
  const start = process.cpuUsage();
  const value = action();
  const { system, user } = process.cpuUsage(start);
  return [(system + user) / 1000, value];
}

function ballot() {
  const maker = new booth.BallotMaker(election, voter);
  for (let row = 0; row < rows; row += 1) maker.encryptRow(row, [null, 0, 1, 2][row % 4]);
  return maker.finish().json;
}

const round = (ms) => `${ms.toFixed(0)} ms of processor time`;
const [first, json] = timed(ballot);
console.log(`first ballot of ${rows} rows, tables and warm-up included: ${round(first)}`);
const later = Array.from({ length: 7 }, () => timed(ballot)[0]).sort((a, b) => a - b);
console.log(`later ballots: best ${round(later[0])}, median ${round(later[3])} (${json.length} bytes)`);
const read = booth.parseElection(election);
const list = new Set([booth.deriveCredential(uuid, voter).publicCredential]);
const checks = Array.from({ length: 3 }, () => timed(() => booth.verifyBallot(json, read, list))[0]);
console.log(`check of one such ballot: best ${round(Math.min(...checks))}`);
