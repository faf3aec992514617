// What all scripts here use: elements, amounts, kinds.

// Texts of inputs may hold marks that turn the reading direction, or that
// cannot be seen. They are shown for what they are.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
const shown = (s) => s.replace(invisible, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

const logit = (p) => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6));
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const number = (n) => n.toLocaleString('en');
const amount = (n, one, many) => `${number(n)} ${n === 1 ? one : many || one + 's'}`;
const squeeze = (s) => s.replace(/\s+/g, ' ').trim();
const brief = (s, most) => (s.length > most ? s.slice(0, most).replace(/\s+\S*$/, '') + ' …' : s);

// A Size is how long texts are: words, and characters of scripts that put no
// spaces between words.
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/gu;

class Size {
  constructor() { this.words = 0; this.characters = 0; }

  add(s) {
    const characters = (s.match(unspaced) || []).length;
    this.characters += characters;
    this.words += ((characters ? s.replace(unspaced, ' ') : s).match(/\S+/g) || []).length;
    return this;
  }

  get n() { return this.words + this.characters; }

  unit(n) { return this.characters > this.words ? (n === 1 ? 'character' : 'characters') : n === 1 ? 'word' : 'words'; }

  toString() { return `${number(this.n)} ${this.unit(this.n)}`; }
}

const sizeOf = (texts) => texts.reduce((size, s) => size.add(s), new Size());

// make builds an element: properties, then children. Text is only ever text.
function make(name, props, ...children) {
  const el = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'class') el.className = value;
    else if (key.startsWith('on')) el.addEventListener(key.slice(2), value);
    else if (value === true) el.setAttribute(key, '');
    else el.setAttribute(key, value);
  }
  el.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return el;
}

// families are kinds that share a colour.
const families = {
  ad: 'ad affiliate donate cta', wall: 'paywall login newsletter cookie popup', more: 'share readmore related comment rating',
  meta: 'byline date credit caption bio title tags', nav: 'nav header footer breadcrumb toc skip sidebar',
  tool: 'icon imgfile player tools js hidden', law: 'copyright legal',
};
const familyOf = new Map(Object.entries(families).flatMap(([f, kinds]) => kinds.split(' ').map((k) => [k, f])));
const family = (kind) => familyOf.get(kind) || 'rest';

// byPolicy says whether a piece stays for its kind alone. The lead of a text has a kind,
// too, but stays like other text.
const byPolicy = (piece) => piece.kept && piece.kind && piece.kind !== 'standfirst';

// kindOf is what a piece is counted as.
const kindOf = (piece) => (piece.kept && !piece.kind ? 'kept' : piece.kind);

// doubtful says whether the model was near to deciding otherwise.
const doubtWidth = 0.1;
const margin = (piece) => Math.abs(piece.p - piece.threshold);
const doubtful = (piece) => piece.model && !piece.fixed && margin(piece) <= doubtWidth;

// themeButton turns the page light or dark.
function themeButton() {
  return make('button', { type: 'button', class: 'theme', 'aria-label': 'Light or dark', title: 'Light or dark', onclick: () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  } }, '◐');
}

async function copyText(text, box) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (!box) return false;
    box.select(); // a page opened from a file may not be allowed to
    return document.execCommand('copy');
  }
}
