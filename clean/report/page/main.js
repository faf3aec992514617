// The page: files, summary, tools, panes.

function start() {
  const setup = JSON.parse(document.getElementById('setup').textContent);
  for (const [kind, text] of setup.kinds) about.set(kind, text);
  const app = document.getElementById('app');
  const files = readFiles();
  const state = {
    names: { before: setup.before, after: setup.after }, files, file: null, data: null, els: [], bands: new Map(), used: new Map(), moved: new Map(), shift: 0,
    hidden: new Set(), onlyMoved: false, onlyChanged: false, find: '', current: -1, whyShown: -1, token: null, articleFilled: false, sheet: new CSSStyleSheet(),
  };
  document.adoptedStyleSheets = [state.sheet];
  buildPage(state, app, app.dataset.title);
  bindKeys(state);
  if (!files.length) {
    state.title.textContent = 'There is nothing in this report.';
    return;
  }
  const named = decodeURIComponent(location.hash.slice(1));
  const first = files.findIndex((f) => f.name === named);
  if (first < 0 && state.run) return showRun(state);
  openFile(state, Math.max(0, first >= 0 ? first : files.findIndex((f) => !f.same)));
}

// readFiles lists the inputs: those that failed, then by score, the lowest first. Of
// runs that are compared the order stays.
function readFiles() {
  const files = [...document.querySelectorAll('script.file')].map((source) => ({
    source, name: source.dataset.name, verdict: source.dataset.verdict, about: source.dataset.about, same: source.dataset.changes === '0',
    sum: source.dataset.sum ? JSON.parse(source.dataset.sum) : null, compared: source.dataset.changes !== '-1',
  }));
  if (!files.some((f) => f.compared)) files.sort((a, b) => (a.sum ? a.sum.score : -1) - (b.sum ? b.sum.score : -1));
  const common = commonPath(files.map((f) => f.name));
  files.forEach((f, n) => {
    f.n = n;
    f.short = f.name.slice(common);
  });
  return files;
}

// commonPath is the length of the folders that all names begin with.
function commonPath(names) {
  if (names.length < 2) return 0;
  let common = names[0].slice(0, names[0].lastIndexOf('/') + 1);
  for (const name of names) while (!name.startsWith(common)) common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
  return common.length;
}

function buildPage(state, app, title) {
  const many = state.files.length > 1;
  state.title = make('h1', { id: 'file' });
  state.summary = make('div', { class: 'summary' });
  state.chips = make('div', { class: 'chips', role: 'group', 'aria-label': 'Kinds shown' });
  state.foundOutput = make('output', { class: 'found', for: 'find' });
  state.findBox = make('input', { id: 'find', type: 'search', placeholder: 'Find in the page', 'aria-label': 'Find in the page', autocomplete: 'off',
    oninput: () => { state.find = state.findBox.value; applyFilters(state); } });
  state.slider = make('input', { id: 'threshold', type: 'range', min: '0.001', max: '0.999', step: '0.001', oninput: () => onSlider(state, Number(state.slider.value)) });
  state.sliderValue = make('output', { for: 'threshold', class: 'value' });
  state.sliderSum = make('p', { class: 'sum', role: 'status', id: 'moved' });
  state.onlyMovedBox = make('input', { type: 'checkbox', onchange: () => { state.onlyMoved = state.onlyMovedBox.checked; applyFilters(state); } });
  state.reset = make('button', { type: 'button', onclick: () => setSlider(state, state.threshold) }, 'Reset');
  state.sliderBox = make('div', { class: 'slider' },
    make('label', { for: 'threshold', title: 'Moves the verdicts of the model alone: what rules and later steps make of them is not worked out again.' }, 'Model threshold'), state.sliderValue, state.slider, state.reset, state.sliderSum,
    make('label', { class: 'check' }, state.onlyMovedBox, ' only these'));
  state.onlyChangedBox = make('input', { type: 'checkbox', onchange: () => { state.onlyChanged = state.onlyChangedBox.checked; applyFilters(state); } });
  state.changedBox = make('label', { class: 'check changes', hidden: true }, state.onlyChangedBox, ' only what changed');
  state.list = make('div', { id: 'list', class: 'list', role: 'listbox', 'aria-label': 'The page in reading order', tabindex: '0' });
  state.articleBox = make('div', { class: 'text' });
  state.whyBody = make('div', { class: 'why-body' });
  state.why = make('aside', { class: 'pane why', id: 'why', 'aria-label': 'Why', tabindex: '0' },
    make('h2', {}, 'Why', make('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => state.why.classList.remove('open') }, '×')), state.whyBody);
  state.articlePane = make('section', { class: 'pane article', 'aria-label': 'The article as cleaned', tabindex: '0' }, make('h2', {}, 'Article'), state.articleBox);
  state.listPane = make('section', { class: 'pane page', 'aria-label': 'The page' }, state.listHead = make('h2', {}, 'Page'), state.list);
  const tab = (name, pane) => make('button', { type: 'button', 'aria-pressed': String(pane === 'page'), onclick: (e) => {
    document.body.dataset.tab = pane;
    for (const b of e.target.parentElement.children) b.setAttribute('aria-pressed', String(b === e.target));
  } }, name);
  document.body.dataset.tab = 'page';
  state.tabs = make('div', { class: 'tabs', role: 'group', 'aria-label': 'Shown' }, tab('Page', 'page'), tab('Article', 'article'));
  const help = make('button', { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', onclick: () => state.keys.showModal() }, '?');
  state.keys = keysDialog();
  state.articleOnly = () => document.body.dataset.tab === 'article' && getComputedStyle(state.tabs).display !== 'none';
  state.articleInSight = () => !state.tabs.hidden && (state.articleOnly() || getComputedStyle(state.tabs).display === 'none');
  if (state.files.filter((f) => f.sum).length > 2) state.run = make('section', { class: 'run', 'aria-label': 'All files', hidden: true });
  if (many) state.filesBox = filesPane(state);
  app.className = many ? 'many' : '';
  app.append(
    make('header', { class: 'bar' }, make('span', { class: 'brand' }, title), state.run ? make('button', { type: 'button', class: 'all', onclick: () => showRun(state) }, 'All files') : null, moreButton(state), themeButton(), help),
    ...(many ? [state.filesBox] : []),
    make('main', {}, state.run, state.one = make('div', { class: 'one' }, make('div', { class: 'head' }, state.title, state.summary),
      state.tools = make('div', { class: 'tools', id: 'tools' }, state.chips, state.changedBox, state.sliderBox, make('div', { class: 'finder' }, state.findBox, state.foundOutput)),
      state.tabs, make('div', { class: 'panes' }, state.articlePane, state.listPane, state.why))),
    state.keys);
  bindPointer(state);
}

// moreButton shows the controls where there is no room for them.
function moreButton(state) {
  const button = make('button', { type: 'button', class: 'more', 'aria-expanded': 'false', 'aria-controls': 'tools', onclick: () => {
    const open = state.tools.classList.toggle('open');
    button.setAttribute('aria-expanded', String(open));
  } }, 'Filters');
  return button;
}

function filesPane(state) {
  const list = make('ul', {});
  for (const f of state.files) {
    const button = make('button', { type: 'button', onclick: () => openFile(state, f.n) },
      make('bdi', { class: 'name', title: shown(f.name) }, shown(f.short)), make('span', { class: 'note' }, f.sum ? make('b', { class: 'score' }, f.sum.score.toFixed(2)) : null, f.verdict ? make('b', { class: 'v-' + f.verdict }, f.verdict) : null, f.about || (f.compared ? null : make('b', { class: 'error' }, 'failed'))));
    f.item = make('li', {}, button);
    list.append(f.item);
  }
  const box = make('input', { type: 'search', id: 'files', placeholder: amount(state.files.length, 'file'), 'aria-label': 'Find a file', autocomplete: 'off', oninput: () => filter() });
  const filter = () => {
    const want = box.value.trim().toLowerCase();
    for (const f of state.files) f.item.hidden = onlyChanged.checked && f.same || want !== '' && !`${f.name} ${f.verdict}`.toLowerCase().includes(want);
  };
  const onlyChanged = make('input', { type: 'checkbox', onchange: () => filter() });
  const some = state.files.some((f) => f.same) && state.files.some((f) => !f.same);
  onlyChanged.checked = some;
  filter();
  return make('nav', { class: 'files', 'aria-label': 'Files' }, box, some ? make('label', { class: 'check' }, onlyChanged, ' only files that changed') : null, list);
}

function openFile(state, n) {
  const file = (state.file = state.files[n]);
  if (state.run) state.run.hidden = true;
  document.body.classList.remove('in-run');
  state.one.hidden = false;
  state.data = readFile(file);
  state.current = -1;
  state.hidden.clear();
  state.find = state.findBox.value = '';
  state.onlyMoved = state.onlyMovedBox.checked = false;
  state.onlyChanged = state.onlyChangedBox.checked = Boolean(state.data.diff && state.data.rows.some((r) => r.changed));
  state.els = [];
  for (const f of state.files) if (f.item) f.item.firstChild.setAttribute('aria-current', String(f === file));
  document.body.classList.toggle('diff', Boolean(state.data.diff));
  state.title.replaceChildren(make('bdi', {}, shown(file.name)));
  prepareSlider(state);
  fillSummary(state);
  fillChips(state);
  state.changedBox.hidden = !state.data.diff;
  state.sliderBox.hidden = !state.margins.length;
  state.articlePane.hidden = state.tabs.hidden = Boolean(state.data.diff);
  if (state.data.diff) state.listHead.replaceChildren(make('span', { class: 'side' }, state.names.before), make('span', { class: 'side' }, state.names.after));
  else state.listHead.textContent = 'Page';
  state.why.classList.remove('open');
  if (state.margins.length) setSlider(state, state.threshold);
  applyFilters(state);
  state.token = {};
  state.articleFilled = false;
  let left = 2;
  const done = () => {
    if (--left > 0) return;
    state.list.setAttribute('aria-busy', 'false');
    document.documentElement.dataset.filled = 'true';
  };
  state.list.setAttribute('aria-busy', 'true');
  document.documentElement.dataset.filled = 'false';
  state.listPane.scrollTop = state.articlePane.scrollTop = 0;
  fillArticle(state, done);
  fillList(state, done);
  showOverview(state);
}

function fillSummary(state) {
  const { data, summary, file } = state;
  summary.replaceChildren();
  if (data.error) summary.append(make('p', { class: 'error' }, shown(data.error)));
  if (!data.run) return;
  const facts = make('p', { class: 'facts' });
  facts.append(make('span', { class: 'badge v-' + data.run.verdict }, data.run.verdict));
  facts.append(make('span', { title: 'The expected F1 of the text; of flattened text, the share of words that stayed.' }, `score ${data.run.score.toFixed(2)}`));
  if (data.diff) {
    facts.append(make('span', {}, amount(data.rows.filter((r) => r.changed).length, 'change')));
  } else {
    const kept = data.run.pieces.filter((p) => p.kept).length;
    facts.append(make('span', {}, file.about));
    facts.append(make('span', {}, `${kept.toLocaleString('en')} of ${amount(data.run.pieces.length, 'piece')}`));
  }
  summary.append(facts);
  if (data.run.meta.length) {
    summary.append(make('details', {}, make('summary', {}, 'Metadata'),
      make('dl', {}, ...data.run.meta.flatMap(([name, value]) => [make('dt', {}, name), make('dd', { dir: 'auto' }, shown(value))]))));
  }
}

function fillChips(state) {
  const counts = new Map();
  if (!state.data.diff) {
    for (const row of state.data.rows) {
      const kind = row.piece.kept && !row.piece.kind ? 'kept' : row.piece.kind;
      counts.set(kind, (counts.get(kind) || 0) + 1);
    }
  }
  state.chips.replaceChildren();
  const kinds = [...counts].sort((a, b) => (b[0] === 'kept') - (a[0] === 'kept') || b[1] - a[1]);
  const press = () => {
    for (const chip of state.chips.querySelectorAll('[data-kind]')) chip.setAttribute('aria-pressed', String(!state.hidden.has(chip.dataset.kind)));
    applyFilters(state);
  };
  const preset = (name, hide) => make('button', { type: 'button', class: 'preset', onclick: () => {
    state.hidden = new Set(kinds.map(([k]) => k).filter(hide));
    press();
  } }, name);
  if (kinds.length > 1) state.chips.append(preset('All', () => false), preset('Removed', (k) => k === 'kept'));
  for (const [kind, n] of kinds) {
    const chip = make('button', { type: 'button', class: 'chip ' + (kind === 'kept' ? 'k-kept' : 'f-' + family(kind)), 'aria-pressed': 'true',
      title: `${about.get(kind) || 'the article'} (with shift: only these)`, onclick: (e) => {
        if (e.shiftKey) state.hidden = new Set(kinds.map(([k]) => k).filter((k) => k !== kind));
        else if (!state.hidden.delete(kind)) state.hidden.add(kind);
        press();
      } }, kind, ' ', make('b', {}, n.toLocaleString('en')));
    chip.dataset.kind = kind;
    state.chips.append(chip);
  }
}

function setSlider(state, to) {
  state.slider.value = to;
  onSlider(state, to);
}

function onSlider(state, to) {
  // The range has steps: the place it was set to at first means the threshold
  // itself.
  if (Math.abs(to - state.threshold) < 0.0006) to = state.threshold;
  moveThreshold(state, to);
  state.sliderValue.textContent = to.toFixed(3);
  state.sliderSum.textContent = sumMoved(state);
  state.reset.disabled = state.shift === 0;
  if (state.onlyMoved) applyFilters(state);
  if (state.current >= 0 && state.data.rows[state.current].piece) showWhy(state, state.current, false);
}
