// An answer as the shared scripts read it.

function readRecord(record) {
  const data = { error: record.error || '', run: null, rows: [] };
  if (!record.verdict) return data;
  const pieces = (record.decisions || []).map((d, i) => ({
    i, text: d.text, kept: d.kept, kind: d.kind || '', rule: d.rule, step: d.step, p: d.p || 0, threshold: d.threshold || 0,
    where: d.where, why: d.reasons || [], named: d.named || '',
    model: d.rule === 'model' && d.threshold > 0, fixed: (d.threshold || 0) <= 1e-6,
  }));
  data.run = {
    verdict: record.verdict, format: record.format, score: record.score, pieces, url: record.url || '',
    reasons: (piece) => piece.why.map((r) => ({ text: r.text, weight: r.weight || 0 })),
    about: {
      title: record.title, byline: record.byline, authors: record.authors, published: dateOf(record),
      site: record.site_name, language: record.language,
    },
    article: linesOf(record),
  };
  data.rows = pieces.map((piece) => ({ i: piece.i, text: piece.text, piece, before: null, changed: false }));
  return data;
}

const dateOf = (record) => (record.published || '').replace(/T(\d\d:\d\d).*/, ' $1');

// linesOf are the lines of the text, and of which pieces they are made: those of the
// blocks, with blank ones between them.
function linesOf(record) {
  const made = [];
  for (const block of record.blocks || []) {
    if (block.role === 'image') continue; // not part of the text
    let line = { first: -1, end: -1, role: block.role, level: block.level || 0, blank: true };
    const end = () => {
      if (!line.blank) made.push(line);
      line = { ...line, first: -1, end: -1, blank: true };
    };
    for (const run of [...(block.runs || []), ...(block.cells || []).flatMap((c) => c.runs || [])]) {
      run.text.split('\n').forEach((text, k) => {
        if (k > 0) end();
        if (text === '') return;
        line.blank = false;
        if (!run.decision) return;
        if (line.first < 0) line.first = run.decision - 1;
        line.end = run.decision;
      });
    }
    end();
  }
  const lines = [];
  for (const text of record.text.replace(/\n$/, '').split('\n')) {
    const line = text === '' ? null : made.shift();
    lines.push(line ? { text, first: line.first, end: line.end, role: line.role, level: line.level } : { text, first: -1, end: -1, role: '', level: 0 });
  }
  return record.text === '' ? [] : lines;
}
