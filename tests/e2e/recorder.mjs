// A relay on loopback between browsers and the program that keeps every byte, both ways: what an
// eavesdropper in the room's network has. And a reader for what went over it.
import { connect, createServer } from "node:net";

/** Relays to a port of the program, which may be stopped and started again meanwhile. */
export async function record(port) {
  const wires = [];
  const open = new Set();
  const relay = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    const wire = { up: [], down: [] };
    wires.push(wire);
    near.on("data", (bytes) => wire.up.push(bytes));
    far.on("data", (bytes) => wire.down.push(bytes));
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      open.add(end);
      end.on("error", () => { near.destroy(); far.destroy(); });
      end.on("close", () => open.delete(end));
    }
  });
  await new Promise((done) => relay.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    /** Per connection, in the order of opening. */
    heard: () => wires.map(({ up, down }) => ({ up: Buffer.concat(up), down: Buffer.concat(down) })),
    close: () => { for (const end of open) end.destroy(); relay.close(); },
  };
}

/** Requests with their answers, as they went over the wires. */
export function exchanges(wires) {
  return wires.flatMap(({ up, down }) => {
    const answers = messages(down);
    return messages(up).map((request, nth) => ({ request, answer: answers[nth] }));
  });
}

function messages(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const [line, ...fields] = bytes.subarray(at, end).toString("latin1").split("\r\n");
    const headers = fields.map((field) => field.split(/:\s*/, 2)).map(([name, value]) => [name.toLowerCase(), value]);
    const head = Object.fromEntries(headers);
    const { body, next } = content(bytes, end + 4, head);
    found.push({ line, head, body });
    at = next;
  }
  return found;
}

function content(bytes, start, head) {
  if (head["transfer-encoding"] !== "chunked") {
    const next = start + Number(head["content-length"] ?? 0);
    return { body: bytes.subarray(start, next), next };
  }
  const parts = [];
  for (let at = start; at < bytes.length;) {
    const end = bytes.indexOf("\r\n", at);
    const size = Number.parseInt(bytes.subarray(at, end).toString("latin1"), 16);
    if (!(size > 0)) return { body: Buffer.concat(parts), next: end + 4 };
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return { body: Buffer.concat(parts), next: bytes.length };
}
