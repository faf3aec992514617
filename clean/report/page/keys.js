// Keys.

const keyHelp = [
  ['↑ ↓ or k j', 'the piece before, the piece after'], ['p n', 'the doubtful piece before, after'], [', .', 'the removed piece before, after'], ['Home End', 'the first piece, the last'],
  ['Enter', 'open or fold a band; to the rule for a piece'], ['f', 'open or fold all bands'], ['Esc', 'back to the page and the overview'], ['c', 'copy the rule'], ['/', 'find in the page'],
  ['[ ]', 'the file before, the file after'], ['- +', 'move the threshold'], ['0', 'put it back'], ['?', 'this list'],
];

function keysDialog() {
  const dialog = make('dialog', { 'aria-label': 'Keys' }, make('h2', {}, 'Keys'),
    make('dl', {}, ...keyHelp.flatMap(([keys, text]) => [make('dt', {}, ...keys.split(' ').flatMap((k) => (k === 'or' ? [' or '] : [make('kbd', {}, k), ' ']))), make('dd', {}, text)])),
    make('form', { method: 'dialog' }, make('button', { class: 'primary' }, 'Close')));
  return dialog;
}

function bindKeys(state) {
  const to = (i) => i >= 0 && select(state, i, true);
  const start = () => (state.current < 0 ? -1 : state.current);
  const walk = (by) => {
    const rows = doubts(state.data).map((r) => r.i).sort((a, b) => a - b);
    to((by > 0 ? rows.find((i) => i > start()) ?? rows[0] : rows.findLast((i) => i < start()) ?? rows.at(-1)) ?? -1);
  };
  const removed = (k) => !(state.data.rows[k].piece || state.data.rows[k].before).kept;
  const nudge = (by) => {
    if (!state.margins.length) return;
    setSlider(state, Math.min(0.999, Math.max(0.001, sigmoid(logit(Number(state.slider.value)) + by))));
  };
  const file = (by) => state.files[state.file.n + by] && openFile(state, state.file.n + by);
  const bound = {
    ArrowDown: () => to(step(state, start(), 1)), j: () => to(step(state, start(), 1)),
    ArrowUp: () => to(step(state, start(), -1)), k: () => to(step(state, start(), -1)),
    n: () => walk(1), p: () => walk(-1), '.': () => to(step(state, start(), 1, removed)), ',': () => to(step(state, start(), -1, removed)),
    Home: () => to(step(state, -1, 1)), End: () => to(step(state, state.data.rows.length, -1)),
    Enter: () => (state.onBand ? select(state, state.onBand.first) : document.getElementById('copy')?.focus()),
    f: () => foldAll(state),
    c: () => document.getElementById('copy')?.click(),
    '/': () => state.findBox.focus(), '?': () => state.keys.showModal(),
    '[': () => file(-1), ']': () => file(1), '-': () => nudge(-0.25), '+': () => nudge(0.25), 0: () => setSlider(state, state.threshold),
  };
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || state.keys.open) return;
    if (!state.file || state.one.hidden) { // the picture of all files
      if (e.key === '?') state.keys.showModal();
      else if (e.key === ']' && !e.target.matches('input')) openFile(state, 0);
      return;
    }
    const inText = e.target.matches('input:not([type="range"], [type="checkbox"]), textarea, select');
    if (e.key === 'Escape') {
      if (e.target === state.findBox) {
        state.find = state.findBox.value = '';
        applyFilters(state);
      }
      // From what is in the panel back to the page; from there to the overview.
      const back = state.current >= 0 && !state.list.contains(e.target);
      state.why.classList.remove('open');
      if (back) (state.onBand ? state.onBand.head : state.els[state.current])?.focus({ preventScroll: true });
      else showOverview(state);
      return;
    }
    // Keys that mean something to what has the focus stay with it.
    if (inText || e.target.matches('button, summary') && e.key === 'Enter') return;
    const inList = state.list.contains(e.target);
    if (['ArrowDown', 'ArrowUp', 'Home', 'End', 'Enter'].includes(e.key) && !inList) return;
    const f = bound[e.key];
    if (f) {
      e.preventDefault();
      f();
    }
  });
}
