// The page to try things out: an input, what comes of it, and why.

const examplePage = `<!doctype html>
<html lang="en"><head><title>The lamp on Gull Rock | Harbour Post</title>
<meta property="article:published_time" content="2024-03-02T08:30:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/tides">Tides</a></li></ul></nav>
<article>
<h1>The lamp on Gull Rock</h1>
<p class="byline">By Maren Oldfield</p>
<div class="share">Share Tweet Email</div>
<p>For ninety years a lamp has burned on Gull Rock, and for the last thirty of them one family has carried the oil out to it, in a boat that is older than the lamp.</p>
<h2>A boat with two names</h2>
<p>The boat was launched as the Patience and repainted as the Promise when the first keeper married. Both names can still be read on her stern when the light is low.</p>
<aside class="related-posts"><h3>Related</h3><a href="/a">The ferry that never left</a> <a href="/b">What the harbour master saw</a></aside>
<p>This winter the lamp will be lit by the sun. The last can of oil stands in the kitchen of the keeper, who says that she has no use for it and will not give it away.</p>
<div class="newsletter">Sign up for our newsletter. Our best stories, every Friday.</div>
</article>
<footer>© 2024 Harbour Post. All rights reserved. <a href="/privacy">Privacy policy</a></footer>
</body></html>
`;

const fileLimit = 32 * 2 ** 20; // bytes; the server takes no more

function start() {
  const setup = JSON.parse(document.getElementById('setup').textContent);
  for (const [kind, text] of setup.kinds) about.set(kind, text);
  const state = {
    engine: document.documentElement.dataset.engine === 'worker' ? workerEngine() : serverEngine(),
    source: '', name: '', format: 'auto', url: '', mode: 'balanced', policy: new Map(), rules: '', tab: 'text', timers: {},
    record: null, texts: new Map(), data: { error: '', run: null, rows: [] }, els: [], moved: new Map(), shift: 0, hidden: new Set(),
    onlyMoved: false, onlyChanged: false, find: '', current: -1, whyShown: -1, token: null, articleFilled: false, sheet: new CSSStyleSheet(), lines: [], ghosts: [],
    bands: new Map(), used: new Map(), checked: null, foundOutput: { textContent: '' },
  };
  state.file = { get name() { return state.name || state.url || 'a page'; } };
  document.adoptedStyleSheets = [state.sheet];
  state.rerun = () => clean(state);
  state.tryRule = (text) => {
    showSide(state, 'rule');
    return useRules(state, text);
  };
  state.articleOnly = () => false;
  state.articleInSight = () => state.tab === 'text';
  build(state, document.getElementById('app'));
  bindPointer(state);
  bindInput(state);
  bindKeys(state);
  show(state);
  state.engine.ready.then(() => (document.documentElement.dataset.ready = 'true'), (e) => fault(state, e));
}

// staysHere reports whether what is pasted stays on this machine.
const staysHere = () => document.documentElement.dataset.engine === 'worker' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

// later does something when nothing of the same name was asked for in a while.
function later(state, name, f, wait) {
  clearTimeout(state.timers[name]);
  state.timers[name] = setTimeout(f, wait);
}

// choice is a row of buttons of which one is pressed.
function choice(label, names, value, pick, attrs) {
  const box = make('div', { class: 'choice', role: 'group', 'aria-label': label, ...attrs });
  box.set = (v) => {
    for (const b of box.children) b.setAttribute('aria-pressed', String(b.dataset.value === v));
  };
  for (const [v, name, title] of names) {
    const b = make('button', { type: 'button', title, onclick: () => {
      box.set(v);
      pick(v);
    } }, name);
    b.dataset.value = v;
    box.append(b);
  }
  box.set(value);
  return box;
}

function build(state, app) {
  // Input.
  state.sourceBox = make('textarea', { id: 'source', spellcheck: 'false', 'aria-label': 'HTML or text', placeholder: 'Paste the HTML of a page or a text, drop a file, or type.' });
  state.urlBox = make('input', { id: 'url', type: 'url', placeholder: 'https://… (optional)', 'aria-label': 'Address of the page', autocomplete: 'off', oninput: () => {
    state.url = URL.canParse(state.urlBox.value.trim()) ? state.urlBox.value.trim() : '';
    later(state, 'clean', state.rerun, 300);
  } });
  state.formatBox = make('select', { id: 'format', 'aria-label': 'What the input is', onchange: () => {
    state.format = state.formatBox.value;
    state.rerun();
  } }, make('option', { value: 'auto' }, 'told by content'), make('option', { value: 'html' }, 'HTML'), make('option', { value: 'text' }, 'text'));
  state.fileBox = make('input', { type: 'file', id: 'open', class: 'sr', tabindex: '-1', 'aria-label': 'Open a file', onchange: () => {
    if (state.fileBox.files[0]) takeFile(state, state.fileBox.files[0]);
    state.fileBox.value = '';
  } });
  state.list = make('div', { id: 'list', class: 'list', role: 'listbox', 'aria-label': 'The page in reading order', tabindex: '0' });
  state.views = choice('Input as', [['source', 'Source'], ['page', 'Page as read']], 'source', (v) => showView(state, v));
  state.listPane = make('div', { class: 'scroll page-view' }, state.list);
  const inputPane = make('section', { class: 'pane input', 'aria-label': 'Input' },
    make('h2', {}, state.views, make('span', { class: 'grow' }), state.fileBox,
      make('button', { type: 'button', class: 'quiet', onclick: () => state.fileBox.click() }, 'Open …'),
      make('button', { type: 'button', class: 'quiet', id: 'example', onclick: () => take(state, examplePage, 'gull-rock.html', true) }, 'Example'),
      make('button', { type: 'button', class: 'quiet', id: 'clear', onclick: () => {
        take(state, '', '', false);
        showView(state, 'source');
        state.sourceBox.focus();
      } }, 'Clear')),
    make('div', { class: 'known' }, state.formatBox, state.urlBox), state.sourceBox, state.listPane);

  // Result.
  state.articleBox = make('div', { class: 'text' });
  state.plainBox = make('pre', { id: 'plain' });
  state.articlePane = make('div', { class: 'scroll result-body', role: 'tabpanel', tabindex: '0', 'aria-label': 'The result' }, state.articleBox, state.plainBox);
  state.tabs = tabList('Result as', [['text', 'Text'], ['markdown', 'Markdown'], ['html', 'HTML'], ['json', 'JSON']], (v) => {
    state.tab = v;
    showTab(state);
  });
  state.copyButtons = [];
  state.copySaid = make('span', { class: 'said', role: 'status', id: 'said' });
  const copies = (name, id, title, text) => {
    const button = make('button', { type: 'button', class: 'quiet', id, title, onclick: async () => {
      const what = text();
      state.copySaid.textContent = what && (await copyText(what)) ? 'copied' : 'nothing copied';
      later(state, 'said', () => (state.copySaid.textContent = ''), 2500);
    } }, name);
    state.copyButtons.push(button);
    return button;
  };
  state.facts = make('p', { class: 'facts', id: 'facts' });
  state.resultPane = make('section', { class: 'pane result', 'aria-label': 'Result' },
    make('h2', {}, state.tabs, make('span', { class: 'grow' }), copies('Copy', 'copy-result', 'Copy what is shown', () => state.texts.get(state.tab))),
    state.facts, state.articlePane,
    make('p', { class: 'along' }, copies('Copy command', 'copy-command', 'Copy a command that does the same', () => commandOf(state)),
      copies('Copy as test case', 'copy-case', 'Copy input, result and metadata as files of a test, in one text', () => state.record && state.source ? testCaseOf(state) : ''), state.copySaid));

  // Why, kinds, rules.
  state.whyBody = make('div', { class: 'why-body' });
  state.kindsBox = make('div', { class: 'side-body kinds-body' });
  buildRules(state);
  state.side = 'why';
  state.sideTabs = tabList('Beside', [['why', 'Why'], ['kinds', 'Kinds'], ['rule', 'Rule']], (v) => showSide(state, v));
  state.why = make('aside', { class: 'pane why', id: 'why', 'aria-label': 'Why, kinds and rules', tabindex: '0' },
    make('h2', {}, state.sideTabs, make('span', { class: 'grow' }), make('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => state.why.classList.remove('open') }, '×')),
    state.whyBody, state.kindsBox, state.rulesBox);

  state.modes = choice('Mode', [['precision', 'Precision', 'less residue, at the cost of some text'], ['balanced', 'Balanced', 'the default'], ['recall', 'Recall', 'more text, at the cost of some residue']], 'balanced', (v) => {
    state.mode = v;
    state.rerun();
  }, { id: 'modes' });
  state.keys = keysDialog();
  const help = make('button', { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', onclick: () => state.keys.showModal() }, '?');
  document.body.dataset.pane = 'input';
  state.nav = choice('Shown', [['input', 'Input'], ['result', 'Result'], ['side', 'Why']], 'input', (v) => showPane(state, v), { class: 'choice panes-nav' });
  app.append(
    make('header', { class: 'bar' }, make('h1', { class: 'brand' }, 'Winnow'), make('span', { class: 'motto' }, 'what stays of a page, what goes, and why'), make('span', { class: 'grow' }), state.modes, themeButton(), help),
    make('main', {}, state.nav, make('div', { class: 'panes' }, inputPane, state.resultPane, state.why)), state.keys);
  showView(state, 'source');
  showSide(state, 'why');
}

// tabList is a row of tabs; arrow keys move along it.
function tabList(label, names, pick) {
  const box = make('div', { class: 'tablist', role: 'tablist', 'aria-label': label });
  const buttons = names.map(([v, name]) => {
    const b = make('button', { type: 'button', role: 'tab', id: `tab-${v}`, onclick: () => box.set(v, true) }, name);
    b.dataset.value = v;
    return b;
  });
  box.set = (v, chosen) => {
    for (const b of buttons) {
      b.setAttribute('aria-selected', String(b.dataset.value === v));
      b.tabIndex = b.dataset.value === v ? 0 : -1;
    }
    if (chosen) pick(v);
  };
  box.addEventListener('keydown', (e) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!by) return;
    e.preventDefault();
    const next = buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  box.append(...buttons);
  box.set(names[0][0]);
  return box;
}

function showPane(state, pane) {
  if (pane === 'side') {
    state.why.classList.add('open');
    state.nav.set(document.body.dataset.pane);
    return;
  }
  state.why.classList.remove('open');
  document.body.dataset.pane = pane;
  state.nav.set(pane);
}

function showView(state, view) {
  state.views.set(view);
  state.sourceBox.hidden = view !== 'source';
  state.listPane.hidden = view !== 'page';
  state.view = view;
  if (view === 'page' && state.current < 0 && state.data.run) openAt(state, state.data.rows.findIndex((r) => r.piece.kept));
}

function showSide(state, side) {
  state.side = side;
  state.sideTabs.set(side);
  state.whyBody.hidden = side !== 'why';
  state.kindsBox.hidden = side !== 'kinds';
  state.rulesBox.hidden = side !== 'rule';
}

// take makes a text the input; looked is whether to show it as it was read.
function take(state, source, name, looked) {
  state.sourceBox.value = source;
  state.name = name;
  setSource(state, source);
  if (looked) showView(state, 'page');
  if (looked && getComputedStyle(state.nav).display !== 'none') showPane(state, 'result');
  return state.rerun();
}

function setSource(state, source) {
  state.source = source;
  state.current = -1;
}

async function takeFile(state, file) {
  if (file.size > fileLimit) return fault(state, new Error(`${file.name} is larger than ${fileLimit / 2 ** 20} MB.`));
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What is not UTF-8 names its encoding, or is what most such pages are in.
    const named = /charset=["']?([\w-]+)/i.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 2048)))?.[1];
    try {
      text = new TextDecoder(named || 'windows-1252').decode(bytes);
    } catch {
      text = new TextDecoder('windows-1252').decode(bytes);
    }
  }
  if (text.includes('\0')) return fault(state, new Error(`${file.name} is neither HTML nor text.`));
  return take(state, text, file.name, true);
}

function bindInput(state) {
  state.sourceBox.addEventListener('input', () => {
    setSource(state, state.sourceBox.value);
    later(state, 'clean', state.rerun, 200);
  });
  const pasted = (e) => {
    const data = e.clipboardData;
    const file = data.files[0];
    const text = data.getData('text/plain');
    const html = data.getData('text/html');
    const typing = e.target.matches?.('textarea, input');
    if (typing && e.target !== state.sourceBox) return;
    if (file && !text) {
      e.preventDefault();
      takeFile(state, file);
      return;
    }
    // Into an empty box goes what was on the page, with its markup where the clipboard
    // has it and the text does not look like source itself.
    if (state.sourceBox.value.trim() !== '' && typing) return;
    e.preventDefault();
    take(state, html && !/^\s*</.test(text) ? html : text, '', true);
  };
  document.addEventListener('paste', pasted);
  let inside = 0;
  const over = (on) => document.body.classList.toggle('dropping', on);
  document.addEventListener('dragenter', (e) => {
    e.preventDefault();
    if (++inside === 1) over(true);
  });
  document.addEventListener('dragleave', () => {
    if (--inside <= 0) over((inside = 0) > 0);
  });
  document.addEventListener('dragover', (e) => e.preventDefault());
  document.addEventListener('drop', (e) => {
    e.preventDefault(); // the browser would open it
    over((inside = 0) > 0);
    const file = e.dataTransfer.files[0];
    const text = e.dataTransfer.getData('text/html') || e.dataTransfer.getData('text/plain');
    if (file) takeFile(state, file);
    else if (text) take(state, text, '', true);
  });
}

// requestOf is what is asked for the input, with more fields.
function requestOf(state, more) {
  const field = { auto: 'body', html: 'html', text: 'text' }[state.format];
  const request = { [field]: state.source, source: state.name, mode: state.mode, ...more };
  if (state.url) request.url = state.url;
  if (state.rules) request.rules = state.rules;
  for (const action of ['drop', 'keep', 'mark']) {
    const kinds = kindsOf(state, action);
    if (kinds.length) request[action] = kinds;
  }
  return request;
}

// clean cleans the input as the controls say, and shows what came of it. An answer
// that comes after another was asked for is passed over.
async function clean(state) {
  clearTimeout(state.timers.clean);
  const run = (state.run = {});
  document.documentElement.dataset.busy = 'true';
  let record = null;
  let time = 0;
  if (state.source.trim()) {
    try {
      await state.engine.ready;
      const begun = performance.now();
      record = await state.engine.ask('clean', requestOf(state, { explain: true, blocks: true }));
      time = performance.now() - begun;
    } catch (e) {
      if (run === state.run) fault(state, e);
      return;
    }
    if (run !== state.run) return;
  }
  state.record = record;
  state.time = time;
  state.data = record ? readRecord(record) : { error: '', run: null, rows: [] };
  state.texts = new Map(record && record.verdict ? [['text', record.text]] : []);
  show(state);
  await showTab(state);
  if (run === state.run) document.documentElement.dataset.busy = 'false';
}

// fault shows why nothing came of it.
function fault(state, e) {
  state.record = null;
  state.data = { error: e.message, run: null, rows: [] };
  state.texts = new Map();
  show(state);
  showTab(state);
  document.documentElement.dataset.busy = 'false';
}

function show(state) {
  const { data, record } = state;
  const was = state.current;
  const place = state.listPane.scrollTop;
  const articlePlace = state.articlePane.scrollTop;
  state.current = -1;
  state.choicesOf = null;
  state.token = {};
  state.articleFilled = false;
  state.facts.replaceChildren();
  if (data.error) state.facts.append(make('span', { class: 'error', role: 'alert' }, shown(data.error)));
  if (data.run) {
    const kept = sizeOf(data.run.pieces.filter((p) => p.kept).map((p) => p.text));
    const all = sizeOf(data.run.pieces.map((p) => p.text));
    state.facts.append(make('span', { class: 'badge v-' + data.run.verdict }, data.run.verdict),
      make('span', {}, `${number(kept.n)} of ${all} kept`), make('span', { title: 'The expected F1 of the text; of flattened text, the share of words that stayed.' }, `score ${data.run.score.toFixed(2)}`),
      ...(record.type ? [make('span', {}, `page: ${record.type}`)] : []), make('span', { class: 'time' }, `${Math.max(1, Math.round(state.time))} ms`));
  }
  for (const b of state.copyButtons) b.disabled = !data.run;
  applyFilters(state);
  if (data.rows.length === 0) {
    state.list.replaceChildren(make('div', { role: 'option', 'aria-disabled': 'true', class: 'none' }, data.error || 'Nothing yet.'));
    state.els = [];
    state.bands = new Map();
  }
  if (data.run) {
    const same = state.shownSource === state.source && was >= 0 && was < data.rows.length;
    fillList(state, () => {
      if (!same) return;
      state.current = was;
      state.listPane.scrollTop = place;
    });
    fillArticle(state, () => {
      if (state.shownSource === state.source) state.articlePane.scrollTop = articlePlace;
    });
  } else {
    state.articleBox.replaceChildren(data.error ? '' : make('div', { class: 'welcome' },
      make('p', {}, 'The article comes here, clean.'),
      make('p', { class: 'hint' }, `${staysHere() ? 'Nothing leaves this computer' : 'What you paste goes to the server of this page'}, and nothing of it is run.`)));
  }
  state.shownSource = state.source;
  if (data.run || data.error) showOverview(state);
  else state.whyBody.replaceChildren(make('p', { class: 'hint' }, 'Point at a piece of the page or of the article: this says why it stayed or went.'));
  fillKinds(state);
  sayRules(state);
}

// showTab shows the result in the form of the chosen tab, which is asked for when it
// is first shown.
async function showTab(state) {
  state.tabs.set(state.tab);
  const { tab } = state;
  state.articleBox.hidden = tab !== 'text';
  state.plainBox.hidden = tab === 'text';
  if (tab === 'text') return;
  if (!state.texts.has(tab)) {
    state.plainBox.textContent = '';
    if (!state.record?.verdict) return;
    const run = state.run;
    const as = { markdown: 'md', html: 'html', json: 'text' }[tab];
    try {
      const record = await state.engine.ask('clean', requestOf(state, { as }));
      if (run !== state.run) return;
      state.texts.set(tab, tab === 'json' ? JSON.stringify(record, null, 2) + '\n' : record.text);
    } catch (e) {
      if (run === state.run) fault(state, e);
      return;
    }
  }
  if (tab === state.tab) state.plainBox.textContent = shown(state.texts.get(tab) || '');
}

const keyHelp = [
  ['↑ ↓ or k j', 'in the page as read: the piece before, the piece after'], ['n p', 'the next doubtful piece, the one before'], ['Enter', 'open or fold a band; to the rule for a piece'],
  ['f', 'open or fold all bands'], ['1 2 3 4', 'text, Markdown, HTML, JSON'], ['m', 'the next mode'], ['e', 'edit the input'], ['v', 'source, or page as read'], ['c', 'copy the result'], ['Esc', 'back to the overview'], ['?', 'this list'],
];

function keysDialog() {
  return make('dialog', { 'aria-label': 'Keys' }, make('h2', {}, 'Keys'),
    make('dl', {}, ...keyHelp.flatMap(([keys, text]) => [make('dt', {}, ...keys.split(' ').flatMap((k) => (k === 'or' ? [' or '] : [make('kbd', {}, k), ' ']))), make('dd', {}, text)])),
    make('form', { method: 'dialog' }, make('button', { class: 'primary' }, 'Close')));
}

function bindKeys(state) {
  const to = (i) => {
    if (i < 0) return;
    showView(state, 'page');
    showSide(state, 'why');
    select(state, i, true);
  };
  const walk = (by) => {
    const rows = state.data.rows.map((r, i) => (doubtful(r.piece) ? i : -1)).filter((i) => i >= 0);
    to(by > 0 ? rows.find((i) => i > state.current) ?? rows[0] ?? -1 : rows.findLast((i) => i < state.current) ?? rows.at(-1) ?? -1);
  };
  const tab = (v) => state.tabs.set(v, true);
  const modes = ['precision', 'balanced', 'recall'];
  const bound = {
    j: () => to(step(state, state.current, 1)), k: () => to(step(state, state.current < 0 ? 0 : state.current, -1)),
    n: () => walk(1), p: () => walk(-1), 1: () => tab('text'), 2: () => tab('markdown'), 3: () => tab('html'), 4: () => tab('json'),
    f: () => foldAll(state),
    m: () => {
      state.mode = modes[(modes.indexOf(state.mode) + 1) % 3];
      state.modes.set(state.mode);
      state.rerun();
    },
    e: () => {
      showView(state, 'source');
      state.sourceBox.focus();
    },
    v: () => showView(state, state.view === 'source' ? 'page' : 'source'), c: () => document.getElementById('copy-result').click(), '?': () => state.keys.showModal(),
  };
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || state.keys.open) return;
    if (e.key === 'Escape') {
      state.why.classList.remove('open');
      if (state.data.run) showOverview(state);
      if (e.target.matches('textarea, input')) e.target.blur();
      return;
    }
    if (e.target.matches('input, textarea, select')) return;
    if (state.list.contains(e.target)) {
      const moves = { ArrowDown: () => step(state, state.current, 1), ArrowUp: () => step(state, state.current, -1), Home: () => step(state, -1, 1), End: () => step(state, state.data.rows.length, -1) };
      if (moves[e.key]) {
        e.preventDefault();
        to(moves[e.key]());
        return;
      }
      if (e.key === 'Enter') {
        e.preventDefault();
        if (state.onBand) select(state, state.onBand.first);
        else document.getElementById('copy')?.focus();
        return;
      }
    }
    const f = bound[e.key];
    if (f) {
      e.preventDefault();
      f();
    }
  });
}
