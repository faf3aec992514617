// What a file's data is: rows of texts and numbers that name texts of a table.

// run reads a result.
function readRun(r) {
  const word = (n) => r.table[n];
  const pieces = r.pieces.map((row, i) => {
    const [flags, kind, rule, step, p, threshold, where, text, why, named] = row;
    return {
      i, text, kept: (flags & 1) === 1, kind: word(kind), rule: word(rule), step: word(step),
      p: p / 1e6, threshold: threshold / 1e6, where: word(where), why, named: word(named),
      model: word(rule) === 'model' && threshold > 0, fixed: threshold <= 1, // stays with any threshold
    };
  });
  const reasons = (piece) => {
    const list = [];
    for (let k = 0; k < piece.why.length; k += 2) list.push({ text: word(piece.why[k]), weight: piece.why[k + 1] / 100 });
    return list;
  };
  return { verdict: r.verdict, score: r.score, meta: r.meta, url: r.url || '', pieces, reasons, article: r.article };
}

// readFile reads a file's data when it is first shown. A row is what the list
// shows: a piece, and in a difference that of the other run.
function readFile(file) {
  if (file.data) return file.data;
  const raw = JSON.parse(file.source.textContent);
  const data = { error: raw.error || '', run: null, before: null, rows: [] };
  if (raw.run) {
    data.run = readRun(raw.run);
    data.rows = data.run.pieces.map((piece) => ({ i: piece.i, text: piece.text, piece, before: null, changed: false }));
  } else if (raw.diff) {
    data.diff = true;
    data.before = raw.diff.before && readRun(raw.diff.before);
    data.run = raw.diff.after && readRun(raw.diff.after);
    data.rows = raw.diff.pairs.map(([text, b, a], i) => {
      const before = b < 0 ? null : data.before.pieces[b];
      const piece = a < 0 ? null : data.run.pieces[a];
      const changed = !before || !piece || before.kept !== piece.kept || before.kind !== piece.kind || before.rule !== piece.rule;
      return { i, text: text === null ? (before || piece).text : text, piece, before, changed };
    });
  }
  return (file.data = data);
}

// Texts of inputs may hold marks that turn the reading direction, or that
// cannot be seen. They are shown for what they are.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
const shown = (s) => s.replace(invisible, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);

const logit = (p) => Math.log(Math.max(p, 1e-6) / Math.max(1 - p, 1e-6));
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
const countWords = (s) => (s.match(/\S+/g) || []).length;
const amount = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many || one + 's'}`;

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
