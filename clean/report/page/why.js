// The panel that says why.

const about = new Map(); // kinds, and what they are

function verdictLine(state, piece) {
  const kind = piece.kind ? make('span', { class: 'tag f-' + family(piece.kind), title: about.get(piece.kind) || '' }, piece.kind) : null;
  const word = make('strong', { class: piece.kept ? 'yes' : 'no' }, piece.kept ? 'Kept' : 'Removed');
  return make('p', { class: 'verdict-line' }, word, kind, byPolicy(piece) ? ' by the policy for its kind' : null,
    piece.named ? make('span', { class: 'step' }, ` called so by rule ${shown(piece.named)}`) : null);
}

// scale shows a probability and its threshold.
function scale(state, piece) {
  if (piece.fixed) return make('p', { class: 'figure' }, `model ${piece.p.toFixed(3)}, stays with any threshold`);
  const t = state.shift ? sigmoid(logit(piece.threshold) + state.shift) : piece.threshold;
  const bar = make('div', { class: 'scale', 'aria-hidden': 'true' }, make('i'), make('b'));
  bar.firstChild.style.width = `${piece.p * 100}%`;
  bar.lastChild.style.left = `${t * 100}%`;
  const sign = piece.p >= t ? '≥' : '<';
  const moved = state.moved.get(piece.i);
  return make('div', {}, moved ? make('p', { class: moved }, moved === 'comes' ? 'would come back' : 'would go') : null, make('p', { class: 'figure' }, `model ${piece.p.toFixed(3)} ${sign} threshold ${t.toFixed(3)}`), bar);
}

function decisionBox(state, run, piece, title) {
  const box = make('div', { class: 'decision' });
  if (title) box.append(make('h3', {}, title));
  if (!piece) {
    box.append(make('p', {}, 'This run does not have the text.'));
    return box;
  }
  box.append(verdictLine(state, piece));
  if (piece.model) box.append(scale(state, piece));
  else box.append(make('p', { class: 'figure' }, `rule ${shown(piece.rule)}`));
  const reasons = run.reasons(piece);
  if (reasons.length) {
    const most = Math.max(...reasons.map((r) => Math.abs(r.weight)), 0.01);
    box.append(make('ul', { class: 'reasons' }, ...reasons.map((r) => {
      const li = make('li', {}, make('bdi', {}, shown(r.text)));
      if (r.weight) {
        const bar = make('i', { class: r.weight < 0 ? 'against' : 'for', title: `moved the log-odds by ${r.weight}` });
        bar.style.width = `${(Math.abs(r.weight) / most) * 100}%`;
        li.prepend(bar);
      }
      return li;
    })));
  }
  box.append(make('p', { class: 'where' }, make('code', {}, make('bdi', {}, shown(piece.where))), make('span', { class: 'step' }, piece.step)));
  return box;
}

// showWhy fills the panel; held is false while the pointer only passes by.
function showWhy(state, i, held) {
  const row = state.data.rows[i];
  const { whyBody } = state;
  whyBody.replaceChildren();
  state.whyShown = i;
  if (state.data.diff) {
    whyBody.append(decisionBox(state, state.data.before, row.before, state.names.before), decisionBox(state, state.data.run, row.piece, state.names.after));
  } else {
    whyBody.append(decisionBox(state, state.data.run, row.piece));
  }
  whyBody.append(make('blockquote', { dir: 'auto' }, shown(row.text.length > 300 ? row.text.slice(0, 300) + ' …' : row.text)));
  // Rules are worked out for what is chosen, not for all the pointer passes.
  if (row.piece && !state.data.diff && (held || i === state.current)) {
    if (state.rulesOf !== row.piece) [state.rulesOf, state.rules] = [row.piece, rulesFor(state, row.piece)];
    whyBody.append(ruleBox(state.rules, row.piece));
  }
  if (held) state.why.classList.add('open');
}

function ruleBox(choices, piece) {
  if (!choices.length) return make('p', { class: 'hint' }, 'No rule can bring this back.');
  const verb = piece.kept ? 'drop' : 'keep';
  const text = make('textarea', { class: 'rule', readonly: true, rows: '6', 'aria-label': 'The rule', spellcheck: 'false' });
  const said = make('span', { role: 'status', class: 'said' });
  const pick = make('select', { 'aria-label': 'What the rule finds', onchange: () => (text.value = choices[pick.value].text) },
    ...choices.map((c, k) => make('option', { value: k }, c.name)));
  text.value = choices[0].text;
  const copy = make('button', { class: 'primary', id: 'copy', type: 'button', onclick: async () => {
    said.textContent = (await copyText(text.value, text)) ? 'copied' : 'not allowed: copy it by hand';
  } }, `Copy rule to ${verb} it`);
  return make('div', { class: 'rules' }, make('h3', {}, 'Not what you want?'), pick, text, make('p', {}, copy, ' ', said));
}
