// The article as cleaned, line by line.

// fillArticle shows the lines of data.run.article: { text, first, end, role, level },
// made of the pieces [first, end), of none when first is -1. Blank lines part others.
function fillArticle(state, done) {
  const { articleBox, data } = state;
  articleBox.replaceChildren();
  state.lines = []; // { el, first, end } of the lines with pieces; el comes later
  state.ghosts = []; // { i, el }, in order: what a lower threshold would let in
  if (data.diff || !data.run || !data.run.article.length) {
    articleBox.append(make('p', { class: 'none' }, data.error || 'Nothing is left of it.'));
    return done();
  }
  const rows = []; // { text, parted, role, level, line }
  let parted = false;
  for (const entry of data.run.article) {
    if (entry.text === '') {
      parted = true;
      continue;
    }
    const line = entry.first >= 0 ? { el: null, first: entry.first, end: entry.end } : null;
    if (line) state.lines.push(line);
    rows.push({ text: entry.text, role: entry.role, level: entry.level, parted, line });
    parted = false;
  }
  const title = squeeze(data.run.about.title || '');
  articleBox.append(articleHead(data.run.about, rows.length > 0 && squeeze(rows[0].text) === title));
  fill(state, articleBox, rows.length, (n) => {
    const { text, parted, role, level, line } = rows[n];
    const headline = n === 0 && title !== '' && squeeze(text) === title;
    const name = headline ? 'h3' : role === 'heading' ? (level > 2 ? 'h5' : 'h4') : 'p';
    const el = make(name, { dir: 'auto', class: `line ${role || ''}${parted ? ' parted' : ''}${headline ? ' headline' : ''}` });
    el.append(...partsOf(state, text, line));
    if (text.startsWith('- ')) el.classList.add('item');
    if (text.includes('\t')) el.classList.add('row');
    if (line) {
      el.dataset.i = line.first;
      line.el = el;
    }
    return el;
  }, () => {
    state.articleFilled = true;
    for (const [i, verdict] of state.moved) markArticle(state, i, verdict); // the slider was faster
    done();
  });
}

// articleHead is what is known of the article beside its text; without the title
// where the text begins with it.
function articleHead(about, titled) {
  const head = make('header', { class: 'article-head' });
  if (about.title && !titled) head.append(make('h3', { class: 'headline', dir: 'auto' }, shown(about.title)));
  const by = about.byline || (about.authors || []).join(', ');
  const facts = [by, about.published, about.site].filter(Boolean);
  if (facts.length) head.append(make('div', { class: 'byline' }, ...facts.flatMap((f, k) => [k ? ' · ' : '', make('bdi', {}, shown(f))])));
  return head;
}

// partsOf is the text of a line, with an element for each piece of it where it has
// several.
function partsOf(state, text, line) {
  if (!line || line.end - line.first < 2) return [shown(text)];
  const parts = [];
  let at = 0;
  for (let i = line.first; i < line.end; i++) {
    const piece = state.data.run.pieces[i];
    const from = piece.kept ? text.indexOf(piece.text, at) : -1;
    if (from < 0) continue; // wrapped, or some of it went: it is marked with its line
    const el = make('span', {}, shown(piece.text));
    el.dataset.i = i;
    parts.push(shown(text.slice(at, from)), el);
    (line.parts ||= new Map()).set(i, el);
    at = from + piece.text.length;
  }
  parts.push(shown(text.slice(at)));
  return parts;
}

// lineOf is the number of the last line that begins at or before piece i.
function lineOf(state, i) {
  let lo = 0;
  let hi = state.lines.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (state.lines[mid].first <= i) lo = mid + 1;
    else hi = mid;
  }
  return lo - 1;
}

// markArticle shows what moving the threshold did to a piece.
function markArticle(state, i, verdict) {
  if (!state.articleFilled) return;
  const at = lineOf(state, i);
  const piece = state.data.run.pieces[i];
  if (piece.kept) {
    for (let k = at; k >= 0 && state.lines[k].first <= i && state.lines[k].end > i; k--) {
      const line = state.lines[k];
      let all = true;
      for (let j = line.first; j < line.end; j++) if (state.data.run.pieces[j].kept && state.moved.get(j) !== 'goes') all = false;
      line.el.classList.toggle('goes', all);
      line.parts?.get(i)?.classList.toggle('goes', verdict === 'goes');
    }
    return;
  }
  let lo = 0;
  let hi = state.ghosts.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (state.ghosts[mid].i < i) lo = mid + 1;
    else hi = mid;
  }
  if (verdict === 'comes') {
    const el = make('p', { class: 'comes parted', dir: 'auto' }, shown(piece.text));
    el.dataset.i = i;
    const after = state.ghosts[lo];
    if (after && lineOf(state, after.i) === at) after.el.before(el);
    else if (at >= 0) {
      let last = state.lines[at].el;
      while (last.nextElementSibling && last.nextElementSibling.classList.contains('comes')) last = last.nextElementSibling;
      last.after(el);
    } else {
      const first = state.articleBox.querySelector('.line');
      if (first) first.before(el);
      else state.articleBox.append(el);
    }
    state.ghosts.splice(lo, 0, { i, el });
  } else if (state.ghosts[lo] && state.ghosts[lo].i === i) {
    state.ghosts[lo].el.remove();
    state.ghosts.splice(lo, 1);
  }
}

function showInArticle(state, i, scroll) {
  for (const el of state.articleBox.querySelectorAll('.current')) el.classList.remove('current');
  const at = lineOf(state, i);
  if (at < 0 || state.lines[at].end <= i || !state.lines[at].el) return;
  state.lines[at].el.classList.add('current');
  if (scroll) scrollInside(state, state.articlePane, state.lines[at].el);
}

// scrollInside brings an element of a pane in sight: into the pane, or into the
// window where panes do not scroll, and out from under the panel of reasons.
function scrollInside(state, pane, el) {
  const scrolls = getComputedStyle(pane).overflowY !== 'visible';
  const box = scrolls ? pane.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const sheet = state.why.getBoundingClientRect();
  const over = getComputedStyle(state.why).position === 'fixed' && sheet.height > 0;
  const bottom = Math.min(box.bottom, over ? sheet.top : innerHeight);
  const head = scrolls ? 40 : 0; // the pane's heading stays
  const r = el.getBoundingClientRect();
  if (r.top >= box.top + head && r.bottom <= bottom) return;
  const by = r.top - box.top - head - Math.max(0, (bottom - box.top - head - r.height) / 3);
  if (scrolls) pane.scrollTop += by;
  else scrollBy(0, by);
}
