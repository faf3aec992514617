// The page's text in reading order, as a list of options.

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

function fillList(state, done) {
  const { list, data } = state;
  state.els = new Array(data.rows.length);
  list.replaceChildren();
  if (data.rows.length) fill(state, list, data.rows.length, (i) => rowElement(state, i), done);
  else {
    list.append(make('p', { class: 'none', role: 'option', 'aria-disabled': 'true' }, data.error || 'There is no text in it.'));
    done();
  }
}

const shortPiece = 70; // characters; shorter removed pieces stand side by side

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
    if (!row.piece.kept && row.text.length < shortPiece) el.classList.add('short');
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
  el.dataset.kind = piece.kept && !piece.kind ? 'kept' : piece.kind;
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
  for (const kind of state.hidden) rules.push(`.list .piece[data-kind="${CSS.escape(kind)}"]{display:none!important}`);
  if (state.onlyMoved) rules.push('.list .piece:not(.goes,.comes){display:none!important}');
  if (state.onlyChanged) rules.push('.list .pair:not(.changed){display:none!important}');
  state.sheet.replaceSync(rules.join('\n'));
  const words = state.find.trim();
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

function isShown(state, i) {
  const row = state.data.rows[i];
  if (!state.els[i] || state.els[i].hidden) return false;
  if (state.onlyMoved && !state.moved.has(i)) return false;
  if (state.data.diff) return !(state.onlyChanged && !row.changed);
  return !state.hidden.has(row.piece.kept && !row.piece.kind ? 'kept' : row.piece.kind);
}

// step returns the next row in sight from i on, in a direction.
function step(state, i, by, ok) {
  for (let k = i + by; k >= 0 && k < state.data.rows.length; k += by) if (isShown(state, k) && (!ok || ok(k))) return k;
  return -1;
}
