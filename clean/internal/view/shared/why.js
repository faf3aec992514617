// The panel that says why.

const about = new Map(); // kinds, and what they are

function verdictLine(state, piece) {
  const used = state.used?.get(piece.i);
  const tag = used ? make('span', { class: 'tag used-tag' }, `used as ${used}`)
    : piece.kind ? make('span', { class: 'tag f-' + family(piece.kind), title: about.get(piece.kind) || '' }, piece.kind) : null;
  const word = make('strong', { class: piece.kept ? 'yes' : 'no' }, piece.kept ? 'Kept' : 'Removed');
  return make('p', { class: 'verdict-line' }, word, used && piece.kind ? make('span', { class: 'step' }, ` as ${piece.kind} `) : ' ', tag, byPolicy(piece) ? ' by the policy for its kind' : null,
    piece.named ? make('span', { class: 'step' }, ` called so by rule ${shown(piece.named)}`) : null);
}

const percent = (p) => `${p < 0.095 && p > 0 ? (p * 100).toFixed(p < 0.0095 ? 2 : 1) : Math.round(p * 100)} %`;

// inWords says what the model's figures mean.
function inWords(piece, threshold) {
  if (piece.fixed) return 'It is of a kind that stays whatever the model says, such as a row of a table or a line of code.';
  const sure = doubtful(piece) ? 'It was a near thing: ' : '';
  const says = `${sure}the model gives it ${percent(piece.p)} to be part of the article; ${percent(threshold)} ${piece.p >= threshold ? 'is enough' : 'would do'}.`;
  return says[0].toUpperCase() + says.slice(1);
}

// plainly is a reason with shares as percentages.
const plainly = (text) => text.replace(/(?<![\w.])(0\.\d\d|1\.00)(?![\w.])/g, (share) => `${Math.round(share * 100)} %`)
  .replace(/link density (\d+ %) in the/, 'links make up $1 of the').replace(/link density (\d+ %)/, 'links make up $1 of it');

// scale shows a probability and its threshold.
function scale(state, piece) {
  const t = state.shift ? sigmoid(logit(piece.threshold) + state.shift) : piece.threshold;
  const words = make('p', {}, inWords(piece, t));
  if (piece.fixed) return make('div', {}, words, make('p', { class: 'figure' }, `model ${piece.p.toFixed(3)}, stays with any threshold`));
  const bar = make('div', { class: 'scale', 'aria-hidden': 'true' }, make('i'), make('b'));
  bar.firstChild.style.width = `${piece.p * 100}%`;
  bar.lastChild.style.left = `${t * 100}%`;
  const sign = piece.p >= t ? '≥' : '<';
  const moved = state.moved.get(piece.i);
  return make('div', {}, moved ? make('p', { class: moved }, moved === 'comes' ? 'would come back' : 'would go') : null, words, bar,
    make('p', { class: 'figure' }, `model ${piece.p.toFixed(3)} ${sign} threshold ${t.toFixed(3)}`));
}

// steps are the steps of cleaning in words.
const steps = {
  prune: 'decided before the text was read', classify: 'decided for its block', context: 'decided by what stands around it', line: 'decided for its line', dedupe: 'decided as a second copy',
};

function decisionBox(state, run, piece, title) {
  const box = make('div', { class: 'decision' });
  if (title) box.append(make('h3', {}, title));
  if (!piece) {
    box.append(make('p', {}, 'This run does not have the text.'));
    return box;
  }
  box.append(verdictLine(state, piece));
  const kind = about.get(piece.kind);
  if (kind && !state.used?.has(piece.i)) box.append(make('p', { class: 'kind-about' }, kind[0].toUpperCase() + kind.slice(1) + '.'));
  if (piece.model) box.append(scale(state, piece));
  const reasons = run.reasons(piece);
  if (reasons.length) {
    const most = Math.max(...reasons.map((r) => Math.abs(r.weight)), 0.01);
    box.append(make('ul', { class: 'reasons' }, ...reasons.map((r) => {
      const li = make('li', {}, make('bdi', {}, shown(plainly(r.text))));
      if (r.weight) {
        const bar = make('i', { class: r.weight < 0 ? 'against' : 'for', title: `speaks ${r.weight < 0 ? 'against' : 'for'} it: moved the log-odds by ${r.weight}` });
        bar.style.width = `${(Math.abs(r.weight) / most) * 100}%`;
        li.prepend(bar);
      }
      return li;
    })));
  }
  if (!piece.model && piece.rule && piece.rule !== 'none') box.append(make('p', { class: 'figure' }, `rule ${shown(piece.rule)}`));
  box.append(make('p', { class: 'where' }, make('code', {}, make('bdi', {}, shown(piece.where))), make('span', { class: 'step' }, steps[piece.step] || piece.step)));
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
    if (state.choicesOf !== row.piece) [state.choicesOf, state.choices] = [row.piece, rulesFor(state, row.piece)];
    whyBody.append(ruleBox(state, state.choices, row.piece));
  }
  if (held) openWhy(state);
}

function openWhy(state) {
  state.why.classList.add('open');
  state.why.scrollTop = 0;
}

function ruleBox(state, choices, piece) {
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
  const use = state.tryRule ? make('button', { type: 'button', id: 'try', onclick: () => state.tryRule(text.value) }, 'Try it') : null;
  return make('div', { class: 'rules' }, make('h3', {}, 'Not what you want?'), pick, text, make('p', {}, copy, ' ', use, ' ', said));
}

// showBand says what a folded band holds.
function showBand(state, band) {
  state.whyShown = -1;
  const texts = state.data.rows.slice(band.first, band.end).map((r) => r.text);
  const kind = about.get(band.kind);
  state.whyBody.replaceChildren(make('div', { class: 'decision' },
    make('p', { class: 'verdict-line' }, make('strong', { class: 'no' }, 'Removed'), make('span', { class: 'tag f-' + family(band.kind) }, band.kind)),
    kind ? make('p', { class: 'kind-about' }, kind[0].toUpperCase() + kind.slice(1) + '.') : null,
    make('p', {}, `${amount(texts.length, 'piece')} in a row, ${sizeOf(texts)}. Enter opens them.`)),
  make('blockquote', { dir: 'auto' }, shown(brief(texts.map(squeeze).join(' · '), 300))));
  openWhy(state);
}

// What verdicts mean.
const verdicts = {
  article: 'An article.', partial: 'An article that a wall cuts off.', stub: 'No article: a wall, an error or a form in place of a text.',
  listing: 'No article: a list of links to some.', empty: 'No text at all.',
};

// wanted is the metadata that an article should have.
const wanted = [['title', 'title'], ['byline', 'author'], ['published', 'date'], ['site', 'site'], ['language', 'language']];

const biggest = 6; // kinds that the overview lists
const listed = 12; // doubtful pieces that it lists

// doubts are the rows near the threshold, the nearest first.
const doubts = (data) => (data.diff ? [] : data.rows.filter((r) => doubtful(r.piece)).sort((a, b) => margin(a.piece) - margin(b.piece)));

// showOverview fills the panel while no piece is chosen: what the input is, what is
// doubtful, what went, what is missing.
function showOverview(state) {
  const { data, whyBody } = state;
  state.whyShown = -1;
  whyBody.replaceChildren();
  if (data.error) whyBody.append(make('p', { class: 'error' }, shown(data.error)));
  if (!data.run || data.diff) {
    if (data.diff) whyBody.append(make('p', { class: 'hint' }, 'Point at a piece, or move to it with the arrow keys.'));
    return;
  }
  const { run } = data;
  const kept = new Size();
  const kinds = new Map();
  for (const p of run.pieces) {
    if (p.kept) kept.add(p.text);
    else {
      if (!kinds.has(p.kind)) kinds.set(p.kind, { kind: p.kind, pieces: 0, size: new Size(), first: p.i });
      const k = kinds.get(p.kind);
      k.pieces++;
      k.size.add(p.text);
    }
  }
  const gone = [...kinds.values()].sort((a, b) => b.size.n - a.size.n);
  const all = kept.n + gone.reduce((n, k) => n + k.size.n, 0);
  const fits = run.format === 'text' || /^line /.test(run.pieces[0]?.where || '') ? '' : ` The text should match the article to ${percent(run.score)}.`;
  whyBody.append(make('section', {}, make('h3', {}, 'At a glance'),
    make('p', {}, make('strong', {}, verdicts[run.verdict] || run.verdict), all ? ` ${number(kept.n)} of ${number(all)} ${kept.unit(2)} stay.${fits}` : null)));
  const missing = wanted.filter(([key]) => !run.about[key] && !(key === 'byline' && run.about.authors?.length)).map(([, name]) => name);
  const go = (i) => () => select(state, i);
  const near = doubts(data);
  whyBody.append(make('section', { class: 'doubts' }, make('h3', {}, near.length ? `Doubtful (${number(near.length)})` : 'Nothing doubtful'),
    near.length ? null : make('p', { class: 'hint' }, 'No piece is near the threshold.'),
    near.length ? make('ol', {}, ...near.slice(0, listed).map((r) => make('li', {}, make('button', { type: 'button', class: 'go', onclick: go(r.i) },
      make('b', { class: r.piece.kept ? 'yes' : 'no' }, `${r.piece.kept ? 'kept' : 'removed'} at ${percent(r.piece.p)}`), ' ', make('bdi', {}, shown(brief(squeeze(r.text), 80))))))) : null,
    near.length > listed ? make('p', { class: 'hint' }, `and ${number(near.length - listed)} more`) : null,
    near.length ? make('p', { class: 'hint' }, make('kbd', {}, 'n'), ' ', make('kbd', {}, 'p'), ' walk through them') : null));
  if (gone.length) {
    const most = gone[0].size.n || 1;
    whyBody.append(make('section', { class: 'biggest' }, make('h3', {}, 'What went'), make('ul', {}, ...gone.slice(0, biggest).map((k) => {
      const bar = make('i', { 'aria-hidden': 'true' });
      bar.style.width = `${Math.max(2, (k.size.n / most) * 100)}%`;
      return make('li', { class: 'f-' + family(k.kind) }, make('button', { type: 'button', class: 'go', title: about.get(k.kind) || '', onclick: go(k.first) }, make('b', {}, k.kind), make('span', {}, `${k.size}, ${amount(k.pieces, 'piece')}`)), bar);
    })), gone.length > biggest ? make('p', { class: 'hint' }, `and ${amount(gone.length - biggest, 'other kind')}`) : null));
  }
  if (run.pieces.length) whyBody.append(make('section', { class: 'missing' }, make('h3', {}, 'Missing'), make('p', { class: missing.length ? '' : 'hint' }, missing.length ? `Not found: ${missing.join(', ')}.` : 'Title, author, date, site and language were found.')));
}
