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
  const meta = new Map(r.meta);
  const about = {
    title: meta.get('Title'), byline: meta.get('Byline'), authors: (meta.get('Authors') || '').split(', ').filter(Boolean),
    published: meta.get('Published'), site: meta.get('Site'), language: meta.get('Language'),
  };
  const article = r.article.map((entry) => {
    const [text, first, end, role, level] = typeof entry === 'number' ? [pieces[entry].text, entry, entry + 1] : entry;
    return { text, first, end, role: role || '', level: level || 0 };
  });
  return { verdict: r.verdict, format: r.format, score: r.score, meta: r.meta, about, url: r.url || '', pieces, reasons, article };
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
