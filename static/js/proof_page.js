// The page that checks a receipt: takes a proof from a file or from the receipt that led here, and says what came out.

import { check, readProof } from "./proof.js";

const LARGEST_FILE = 200_000;
// The address of the proof stands behind the # of this page: browsers send that to nobody.
const OF_A_RECEIPT = /^\/[a-z-]+\/wallet\/[0-9A-Z]+\/receipt\/[0-9A-Z-]+\/proof\.json$/;

const page = document.querySelector("#proof");
const words = (name) => page.querySelector(`[data-words="${name}"]`).textContent.trim();
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const verifiers = [...page.querySelectorAll("[data-key]")].map((one) => one.textContent.trim());

async function log(place) {
  const answer = await fetch(page.dataset.log + place, { cache: place === "checkpoint" ? "no-store" : "default" });
  if (!answer.ok) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
}

function show(name, isShown = true) {
  part(name).hidden = !isShown;
}

/** Say one thing at the top: "good", "bad" or "warn", with its words. */
function conclude(tone, name) {
  for (const one of ["good", "bad", "warn"]) show(one, one === tone);
  part(tone).querySelector("[data-say]").textContent = words(name);
}

function inGroups(address) {
  return address.replace(/(.{4})(?=.)/g, "$1 ");
}

/** What was sealed, in words: out of the record itself, never out of what stands beside it in the file. */
function facts(says) {
  const { lang } = document.documentElement;
  const amount = new Intl.NumberFormat(lang, { minimumFractionDigits: 2 });
  const moment = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    dateStyle: "long", timeStyle: "short", timeZone: "Europe/Amsterdam",
  });
  const coin = [...page.querySelectorAll("[data-coin]")].find((one) => one.dataset.coin === says.coin);
  const name = says.amount === 100 ? coin?.dataset.one : coin?.textContent;
  return {
    amount: `${amount.format(says.amount / 100)} ${name ?? says.coin}`,
    moment: moment.format(new Date(says.made_at)),
    receipt: says.receipt,
    payer: inGroups(says.payer),
    payee: inGroups(says.payee),
  };
}

function step(name, answer) {
  const item = page.querySelector(`[data-step="${name}"]`);
  item.className = `step ${{ good: "step--done", wrong: "step--wrong", open: "step--open" }[answer]}`;
  item.querySelector("[data-say]").textContent = words(`${name}-${answer}`);
}

let turn = 0;

async function report(text) {
  const mine = (turn += 1);
  show("answer");
  show("details", false);
  let proof;
  try {
    proof = readProof(text);
  } catch {
    conclude("bad", "no-proof");
    return;
  }
  const found = await check(proof, verifiers, log);
  if (mine !== turn) return; // another file was chosen meanwhile
  for (const name of ["sealed", "signed", "same"]) step(name, found[name]);
  for (const [name, value] of Object.entries(facts(proof.says))) {
    page.querySelector(`[data-fact="${name}"]`).textContent = value;
  }
  page.querySelector('[data-fact="place"]').textContent = `${proof.position + 1} / ${proof.note.size}`;
  show("details");
  const answers = Object.values(found);
  if (answers.includes("wrong")) conclude("bad", "wrong");
  else if (answers.includes("open")) conclude("warn", "partly");
  else conclude("good", "good");
}

async function start() {
  show("without", false);
  if (!globalThis.crypto?.subtle) {
    show("answer");
    conclude("bad", "no-crypto");
    return;
  }
  show("with");
  part("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await report(file.size > LARGEST_FILE ? "" : await file.text());
  });
  const address = decodeURIComponent(location.hash.slice(1));
  if (!OF_A_RECEIPT.test(address)) return;
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
    await report(await answer.text());
  } catch {
    show("answer");
    conclude("warn", "not-fetched");
  }
}

start();
