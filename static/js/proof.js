// Checks the proof of a receipt in the reader's own browser. Nothing leaves it but questions for the public log.
//
// A leaf is SHA-256(0x00, salt, record); leaves form the tree of RFC 6962; its root stands in a signed note
// (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), and its hashes in tiles of 256 (c2sp.org/tlog-tiles).

const TILE = 256;
const HEIGHT = 8;
const HASH = 32;
const ED25519 = 1;
const FORMAT = "socialcoin.receipt.v1";

const utf8 = new TextEncoder();

function decode(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function same(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

function joined(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

export const leafHash = (salt, record) => sha256([0], salt, utf8.encode(record));
const nodeHash = (left, right) => sha256([1], left, right);

// ---- The tree ------------------------------------------------------------------------------------------------

/** The root that a path leads to from a leaf (RFC 9162, 2.1.3.2); null when the path cannot be one. */
export async function rootAbove(leaf, position, size, path) {
  if (!(position >= 0 && position < size)) return null;
  let [place, last, found] = [BigInt(position), BigInt(size) - 1n, leaf];
  for (const other of path) {
    if (last === 0n) return null;
    if (place & 1n || place === last) {
      found = await nodeHash(other, found);
      while (!(place & 1n) && place) [place, last] = [place >> 1n, last >> 1n];
    } else {
      found = await nodeHash(found, other);
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n ? found : null;
}

/** Whether a path shows that the newer tree begins with the older one (RFC 9162, 2.1.4.2). */
export async function isContinued(older, newer, path) {
  if (older.size === newer.size) return same(older.root, newer.root);
  if (!(older.size > 0 && older.size < newer.size)) return false;
  const steps = Number.isInteger(Math.log2(older.size)) ? [older.root, ...path] : [...path];
  let [place, last] = [BigInt(older.size) - 1n, BigInt(newer.size) - 1n];
  while (place & 1n) [place, last] = [place >> 1n, last >> 1n];
  if (!steps.length) return false;
  let [first, second] = [steps[0], steps[0]];
  for (const step of steps.slice(1)) {
    if (last === 0n) return false;
    if (place & 1n || place === last) {
      [first, second] = [await nodeHash(step, first), await nodeHash(step, second)];
      while (!(place & 1n) && place) [place, last] = [place >> 1n, last >> 1n];
    } else {
      second = await nodeHash(second, step);
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  return last === 0n && same(first, older.root) && same(second, newer.root);
}

function split(size) {
  let below = 1;
  while (below * 2 < size) below *= 2;
  return below;
}

/** Over which leaves the hashes are that show it (RFC 6962, 2.1.2). */
function continuedBy(old, size) {
  const found = [];
  let [start, end, whole] = [0, size, true];
  while (end !== old) {
    const middle = start + split(end - start);
    if (old <= middle) {
      found.unshift([middle, end]);
      end = middle;
    } else {
      found.unshift([start, middle]);
      start = middle;
      whole = false;
    }
  }
  return whole ? found : [[start, end], ...found];
}

function tileAddress(level, number, width) {
  const groups = [String(number % 1000).padStart(3, "0")];
  for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${groups.join("/")}${width < TILE ? `.p/${width}` : ""}`;
}

/** The hash over some leaves, worked out from the tiles of a log with `size` leaves. */
async function hashOver(start, end, size, fetchTile) {
  const tops = [];
  while (start < end) {
    let height = 0;
    while (2 ** (height + 1) <= end - start) height += 1;
    const level = Math.floor(height / HEIGHT);
    const first = start / TILE ** level;
    const number = Math.floor(first / TILE);
    const width = Math.min(TILE, Math.floor(size / TILE ** level) - number * TILE);
    const tile = await fetchTile(tileAddress(level, number, width));
    if (tile.length !== width * HASH) throw new Error("a tile of another size");
    let hashes = [];
    for (let place = first % TILE; hashes.length < 2 ** (height % HEIGHT); place += 1) {
      hashes.push(tile.slice(place * HASH, (place + 1) * HASH));
    }
    while (hashes.length > 1) {
      hashes = await Promise.all(
        hashes.filter((_, place) => place % 2 === 0).map((left, place) => nodeHash(left, hashes[2 * place + 1])),
      );
    }
    tops.push(hashes[0]);
    start += 2 ** height;
  }
  let root = tops.pop();
  while (tops.length) root = await nodeHash(tops.pop(), root);
  return root;
}

// ---- Signed notes --------------------------------------------------------------------------------------------

/** What the text of a verifier key says; an error when it is none. */
async function readKey(text) {
  const [name, id, key] = text.split(/\+([0-9a-f]{8})\+/);
  const known = decode(key);
  const hash = await sha256(utf8.encode(`${name}\n`), known);
  const expected = [...hash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (known[0] !== ED25519 || known.length !== 1 + HASH || expected !== id) throw new Error("not a key");
  return { name, id: hash.slice(0, 4), raw: known.slice(1) };
}

/** What a checkpoint says; an error when it is none. */
export function readNote(note) {
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  const [origin, size, root] = text.split("\n");
  if (gap < 0 || !/^(0|[1-9][0-9]{0,15})$/.test(size) || decode(root).length !== HASH) throw new Error("not a note");
  const signatures = note.slice(gap + 2).trimEnd().split("\n").map((line) => {
    const [, name, signature] = /^— (\S+) (\S+)$/.exec(line);
    return { name, id: decode(signature).slice(0, 4), signature: decode(signature).slice(4) };
  });
  return { text, origin, size: Number(size), root: decode(root), signatures };
}

/** Whether one of these keys has signed a checkpoint of its own log; null when this browser cannot tell. */
async function isSigned(note, verifiers) {
  for (const verifier of verifiers) {
    const key = await readKey(verifier);
    const by = note.signatures.find((one) => one.name === key.name && same(one.id, key.id));
    if (!by || note.origin !== key.name) continue;
    try {
      const known = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
      return await crypto.subtle.verify({ name: "Ed25519" }, known, by.signature, utf8.encode(note.text));
    } catch {
      return null;
    }
  }
  return false;
}

// ---- The check -----------------------------------------------------------------------------------------------

/** A proof out of the text of its file; an error when it is none. */
export function readProof(text) {
  const file = JSON.parse(text);
  const note = readNote(file.checkpoint);
  const proof = {
    record: file.record,
    says: JSON.parse(file.record),
    salt: decode(file.salt),
    position: file.position,
    path: file.path.map(decode),
    note,
  };
  const fits = file.format === FORMAT && Number.isSafeInteger(file.position) && proof.salt.length === 16;
  if (!fits || proof.path.some((hash) => hash.length !== HASH)) throw new Error("not a proof");
  return proof;
}

/**
 * Check a proof. The answers, each "good", "wrong" or "open" (could not be checked): `sealed`, that this very receipt
 * is in the tree that the note names; `signed`, that the note is signed with one of the keys; `same`, that the log as
 * it is now still begins with that tree.
 */
export async function check(proof, verifiers, log) {
  const root = await rootAbove(await leafHash(proof.salt, proof.record), proof.position, proof.note.size, proof.path);
  const sealed = root !== null && same(root, proof.note.root) ? "good" : "wrong";
  const signed = { true: "good", false: "wrong", null: "open" }[await isSigned(proof.note, verifiers)];
  return { sealed, signed, same: await isStillThere(proof.note, verifiers, log) };
}

async function isStillThere(older, verifiers, log) {
  try {
    const answer = await log("checkpoint");
    const newer = readNote(new TextDecoder().decode(answer));
    if ((await isSigned(newer, verifiers)) === false) return "wrong";
    if (newer.origin !== older.origin || newer.size < older.size) return "wrong";
    const path = [];
    if (older.size < newer.size) {
      for (const [start, end] of continuedBy(older.size, newer.size)) {
        path.push(await hashOver(start, end, newer.size, log));
      }
    }
    return (await isContinued(older, newer, path)) ? "good" : "wrong";
  } catch {
    return "open";
  }
}
