// The page's text in reading order, as a list of options. Runs of removed pieces of
// one kind are folded into a band.

const chunkSize = 250; // rows that are laid out together, or not at all when out of sight

// fill puts n rows into a box, bit by bit: what is in sight at once, the rest
// while the browser has nothing else to do. It ends early when another file is
// shown. row makes a row, or nothing; done is called when all are there.
function fill(state, box, n, row, done) {
  const token = state.token;
  let next = 0;
  const more = (until) => {
    if (state.token !== token) return;
    do {
      const chunk = make('div', { class: 'chunk', role: 'presentation' });
      for (const end = Math.min(next + chunkSize, n); next < end; next++) {
        const el = row(next);
        if (el) chunk.append(el);
      }
      box.append(chunk);
    } while (next < n && performance.now() < until);
    if (next < n) setTimeout(() => more(performance.now() + 12), 0);
    else done();
  };
  more(0);
}

const bandSize = 3; // pieces; fewer stand as they are
const shortPiece = 70; // characters; shorter removed pieces stand side by side

function fillList(state, done) {
  const { list, data } = state;
  state.els = new Array(data.rows.length);
  state.used = usedAs(data);
  state.bands = bandsOf(state);
  list.replaceChildren();
  if (!data.rows.length) {
    list.append(make('p', { class: 'none', role: 'option', 'aria-disabled': 'true' }, data.error || 'There is no text in it.'));
    return done();
  }
  const first = data.diff ? -1 : data.rows.findIndex((r) => r.piece.kept);
  fill(state, list, data.rows.length, (i) => {
    const band = state.bands.get(i);
    if (!band) return rowElement(state, i);
    return band.first === i ? bandElement(state, band) : null;
  }, () => {
    openAt(state, first);
    done();
  });
  openAt(state, first);
}

// openAt shows the list from its first kept piece on, with the headline above it.
function openAt(state, i) {
  if (i < 0 || state.current >= 0 || getComputedStyle(state.listPane).overflowY === 'visible') return;
  const headline = [...state.used.keys()].find((k) => k < i && k >= i - 4);
  const el = state.els[headline ?? i];
  if (!el?.isConnected) return;
  const head = state.listPane.querySelector(':scope > h2')?.offsetHeight || 0;
  state.listPane.scrollTop += el.getBoundingClientRect().top - state.listPane.getBoundingClientRect().top - head - 6;
}

// usedAs says of pieces that went what became of them: the page's own headline is no
// part of the text, but its title.
function usedAs(data) {
  const used = new Map();
  if (data.diff || !data.run) return used;
  const same = (a, b) => a && b && squeeze(a).toLowerCase() === squeeze(b).toLowerCase();
  const { about } = data.run;
  const mark = (value, word, ok) => {
    if (!value) return;
    const fits = data.run.pieces.filter((p) => !p.kept && same(p.text, value) && ok(p));
    const best = fits.find((p) => /(^|> )h1\b[^>]*$/.test(p.where)) || fits[0];
    if (best) used.set(best.i, word);
  };
  mark(about.title, 'title', (p) => p.kind !== 'hidden' && p.kind !== 'breadcrumb');
  mark(about.byline, 'byline', () => true);
  return used;
}

// bandsOf finds runs of removed pieces of one kind: a band for each of their rows.
function bandsOf(state) {
  const bands = new Map();
  if (state.data.diff) return bands;
  const { rows } = state.data;
  for (let first = 0; first < rows.length;) {
    const { piece } = rows[first];
    let end = first + 1;
    const folds = (k) => !rows[k].piece.kept && !state.used.has(k) && !doubtful(rows[k].piece);
    if (folds(first)) while (end < rows.length && rows[end].piece.kind === piece.kind && folds(end)) end++;
    if (end - first >= bandSize) {
      const band = { first, end, kind: piece.kind, folded: true, el: null, head: null };
      for (let k = first; k < end; k++) bands.set(k, band);
    }
    first = end;
  }
  return bands;
}

function bandElement(state, band) {
  const n = band.end - band.first;
  const texts = state.data.rows.slice(band.first, band.end).map((r) => r.text);
  band.head = make('div', { role: 'option', class: 'band-head', id: 'b' + band.first, tabindex: '-1', 'aria-selected': 'false' },
    make('b', {}, `${band.kind}, ${number(n)} pieces`), make('span', { dir: 'auto' }, shown(brief(texts.slice(0, 12).map(squeeze).join(' · '), 160))));
  band.head.dataset.band = band.first;
  band.el = make('div', { class: `band folded f-${family(band.kind)}`, role: 'group', 'aria-label': `${band.kind}, ${sizeOf(texts)}` }, band.head);
  band.el.dataset.kind = band.kind;
  for (let k = band.first; k < band.end; k++) band.el.append(rowElement(state, k));
  return band.el;
}

function foldBand(state, band, folded) {
  if (!band || !band.el || band.folded === folded) return;
  band.folded = folded;
  band.el.classList.toggle('folded', folded);
}

// foldAll opens all bands, or folds them when they are all open.
function foldAll(state) {
  const all = new Set(state.bands.values());
  const folded = ![...all].some((b) => b.folded);
  for (const band of all) foldBand(state, band, folded);
}

function rowElement(state, i) {
  const row = state.data.rows[i];
  const el = make('div', { role: 'option', id: 'p' + i, tabindex: '-1', 'aria-selected': 'false' });
  el.dataset.i = i;
  if (state.data.diff) {
    el.className = row.changed ? 'pair changed' : 'pair';
    el.dataset.kind = '';
    el.append(side(row.before, row.text, 'before'), side(row.piece, row.text, 'after'));
  } else {
    dress(el, row.piece, row.text);
    const used = state.used.get(i);
    if (used) {
      el.classList.add('used');
      el.dataset.used = `used as ${used}`;
    } else if (!row.piece.kept && row.text.length < shortPiece) el.classList.add('short');
    if (doubtful(row.piece)) el.classList.add('doubt');
    el.textContent = shown(row.text);
  }
  state.els[i] = el;
  const verdict = state.moved.get(i);
  if (verdict) el.classList.add(verdict);
  if (state.find && !matches(state, i)) el.hidden = true;
  return el;
}

// dress gives an element the look of a decision.
function dress(el, piece, text) {
  el.classList.add('piece', piece.kept ? 'kept' : 'gone');
  el.dir = 'auto';
  el.dataset.kind = kindOf(piece);
  if (piece.kind) el.classList.add('f-' + family(piece.kind));
}

function side(piece, text, name) {
  const cell = make('span', { class: 'side' });
  if (!piece) {
    cell.classList.add('absent');
    cell.append(make('span', { class: 'sr' }, `not in the run ${name}`));
    return cell;
  }
  dress(cell, piece, text);
  cell.append(shown(text));
  if (piece.rule) cell.append(' ', make('small', {}, piece.rule === 'model' ? `model ${piece.p.toFixed(3)}` : piece.rule));
  return cell;
}

// The filters are rules of a style sheet, so that they cost the same on a page
// of any size.
function applyFilters(state) {
  const rules = [];
  for (const kind of state.hidden) rules.push(`.list [data-kind="${CSS.escape(kind)}"]{display:none!important}`);
  if (state.onlyMoved) rules.push('.list .piece:not(.goes,.comes),.list .band-head{display:none!important}');
  if (state.onlyChanged) rules.push('.list .pair:not(.changed){display:none!important}');
  state.sheet.replaceSync(rules.join('\n'));
  const words = state.find.trim();
  // What is looked for is shown, also inside of bands.
  state.list.classList.toggle('open', words !== '' || state.onlyMoved);
  if (words === '' && state.foundOutput.textContent === '') return;
  let found = 0;
  state.data.rows.forEach((row, i) => {
    const on = words === '' || matches(state, i);
    if (on) found++;
    if (state.els[i] && state.els[i].hidden === on) state.els[i].hidden = !on;
  });
  state.foundOutput.textContent = words === '' ? '' : amount(found, 'piece');
}

const matches = (state, i) => state.data.rows[i].text.toLowerCase().includes(state.find.trim().toLowerCase());

// inBand is the folded band that a row is out of sight in.
function inBand(state, i) {
  const band = state.bands?.get(i);
  return band && band.folded && !state.list.classList.contains('open') ? band : null;
}

// isShown reports whether a row is in sight; the first of a folded band stands for
// all of it.
function isShown(state, i) {
  const row = state.data.rows[i];
  if (!state.els[i] || state.els[i].hidden) return false;
  if (state.onlyMoved && !state.moved.has(i)) return false;
  if (state.data.diff) return !(state.onlyChanged && !row.changed);
  if (state.hidden.has(kindOf(row.piece))) return false;
  const band = inBand(state, i);
  return !band || band.first === i;
}

// step returns the next row in sight from i on, in a direction.
function step(state, i, by, ok) {
  for (let k = i + by; k >= 0 && k < state.data.rows.length; k += by) if (isShown(state, k) && (!ok || ok(k))) return k;
  return -1;
}

// select makes a row the current one; the panes that are in sight follow. It opens
// the band that the row is in, unless the band itself is meant.
function select(state, i, asBand) {
  const old = state.els[state.current] && (state.onBand ? state.onBand.head : state.els[state.current]);
  if (old) {
    old.setAttribute('aria-selected', 'false');
    old.tabIndex = -1;
    old.removeAttribute('aria-describedby');
  }
  const band = inBand(state, i);
  state.onBand = asBand && band ? band : null;
  if (!state.onBand) foldBand(state, band, false);
  state.current = i;
  const el = state.onBand ? state.onBand.head : state.els[i];
  if (!el) return;
  el.setAttribute('aria-selected', 'true');
  el.setAttribute('aria-describedby', 'why');
  el.tabIndex = 0;
  state.list.tabIndex = -1;
  if (state.onBand) showBand(state, state.onBand);
  else showWhy(state, i, true);
  const inArticle = state.articleOnly?.();
  if (!state.onBand) showInArticle(state, i, state.articleInSight?.());
  if (document.activeElement !== el) el.focus({ preventScroll: true });
  if (!inArticle) scrollInside(state, state.listPane, el);
}

// bindPointer shows the reasons of what the pointer is on.
function bindPointer(state) {
  const rowOf = (target) => {
    const el = target.closest('[data-i]');
    return el ? Number(el.dataset.i) : -1;
  };
  // Only a pointer that moves points at something: pages also scroll below one
  // that rests.
  let place = '';
  for (const box of [state.list, state.articleBox]) {
    box.addEventListener('pointermove', (e) => {
      const i = rowOf(e.target);
      const rests = place === (place = `${e.screenX} ${e.screenY}`);
      if (i >= 0 && e.pointerType === 'mouse' && !rests && i !== state.whyShown) {
        showWhy(state, i, false);
        showInArticle(state, i, false);
      }
    });
    box.addEventListener('pointerleave', () => {
      if (state.current >= 0 && state.whyShown !== state.current && !state.onBand) {
        showWhy(state, state.current, false);
        showInArticle(state, state.current, false);
      } else if (state.current < 0 && state.whyShown >= 0) showOverview(state);
    });
    box.addEventListener('click', (e) => {
      const head = e.target.closest('[data-band]');
      if (head) {
        const band = state.bands.get(Number(head.dataset.band));
        foldBand(state, band, !band.folded);
        if (band.folded) select(state, band.first, true);
        else select(state, band.first);
        return;
      }
      const i = rowOf(e.target);
      if (i >= 0) select(state, i);
    });
  }
  state.list.addEventListener('focusin', (e) => {
    const i = rowOf(e.target);
    if (i >= 0 && i !== state.current) select(state, i);
  });
  state.list.addEventListener('focus', () => {
    const i = state.current >= 0 ? state.current : step(state, -1, 1);
    if (i >= 0) select(state, i, true);
  });
}
