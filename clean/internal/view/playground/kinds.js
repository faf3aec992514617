// What happens to each kind, and rules of one's own.

const stays = (kind) => (kind === 'standfirst' ? 'keep' : 'drop'); // by default

const kindsOf = (state, action) => [...state.policy].filter(([, a]) => a === action).map(([kind]) => kind);

function fillKinds(state) {
  const counts = new Map();
  for (const p of state.data.run?.pieces || []) if (p.kind) counts.set(p.kind, (counts.get(p.kind) || 0) + 1);
  const row = ([kind, text]) => {
    const pick = make('select', { 'aria-label': `what happens to ${kind}`, onchange: () => {
      if (pick.value === stays(kind)) state.policy.delete(kind);
      else state.policy.set(kind, pick.value);
      state.rerun();
    } }, ...['drop', 'keep', 'mark'].map((a) => make('option', { value: a }, a)));
    pick.value = state.policy.get(kind) || stays(kind);
    pick.dataset.kind = kind;
    return make('li', { class: `f-${family(kind)}${pick.value === stays(kind) ? '' : ' set'}`, title: text }, make('b', {}, kind), make('span', { class: 'n' }, counts.has(kind) ? number(counts.get(kind)) : ''), pick);
  };
  const all = [...about];
  const here = all.filter(([kind]) => counts.has(kind) || state.policy.has(kind)).sort((a, b) => (counts.get(b[0]) || 0) - (counts.get(a[0]) || 0));
  const others = all.filter(([kind]) => !here.some(([k]) => k === kind));
  const wasOpen = state.kindsBox.querySelector('details')?.open || false;
  const focus = document.activeElement?.dataset?.kind;
  state.kindsBox.replaceChildren(
    make('p', { class: 'hint' }, here.length ? 'Pieces of each kind in this input, and what happens to them.' : 'No kinds in this input yet.'),
    make('ul', { class: 'kinds' }, ...here.map(row)),
    make('details', { open: wasOpen }, make('summary', {}, 'All other kinds'), make('ul', { class: 'kinds' }, ...others.map(row))),
    make('p', {}, make('button', { type: 'button', disabled: state.policy.size === 0, onclick: () => {
      state.policy.clear();
      state.rerun();
    } }, 'As by default')));
  if (focus) state.kindsBox.querySelector(`select[data-kind="${CSS.escape(focus)}"]`)?.focus();
}

const exampleRule = `rule related.mine
  why   a box of other stories
  line  more from our {any<=3} desk
  yes   More from our harbour desk
  no    There was more from our harbour desk in the paper.
`;

function buildRules(state) {
  state.ruleText = make('textarea', { class: 'rule edit', rows: '10', spellcheck: 'false', 'aria-label': 'Rules', placeholder: exampleRule, oninput: () => later(state, 'rule', () => checkRules(state), 200) });
  state.ruleSaid = make('div', { class: 'rule-said', role: 'status' });
  state.rulesBox = make('div', { class: 'side-body' },
    make('p', { class: 'hint' }, 'Rules are tried as you type: their examples, and what they do to this input.'),
    state.ruleText,
    make('p', { class: 'row-of' }, make('button', { type: 'button', onclick: () => useRules(state, exampleRule) }, 'An example'),
      make('button', { type: 'button', onclick: () => useRules(state, '') }, 'Clear')),
    state.ruleSaid);
}

// useRules puts rules in the box.
function useRules(state, text) {
  state.ruleText.value = text;
  return checkRules(state);
}

// checkRules runs the examples of what stands in the box; if they hold, it is cleaned
// by.
async function checkRules(state) {
  const text = state.ruleText.value;
  const token = (state.ruleToken = {});
  let answer = { rules: [], error: null };
  if (text.trim()) {
    try {
      answer = await state.engine.ask('rules', { rules: text });
    } catch (e) {
      answer = { rules: [], error: e.message };
    }
  }
  if (token !== state.ruleToken) return;
  state.checked = answer;
  const good = !answer.error && !answer.rules.some((r) => r.faults.length);
  const rules = good ? text.trim() && text : '';
  if (rules !== state.rules) {
    state.rules = rules;
    await state.rerun();
  }
  sayRules(state);
}

function sayRules(state) {
  const { ruleSaid: box, checked } = state;
  box.replaceChildren();
  if (!checked) return;
  if (checked.error) {
    for (const line of checked.error.split('\n')) box.append(make('p', { class: 'error' }, shown(line.replace(/^rules:/, 'line '))));
    return;
  }
  for (const rule of checked.rules || []) {
    const found = (state.data.run?.pieces || []).filter((p) => p.rule === rule.id || p.named === rule.id);
    box.append(make('section', { class: 'rule-state' },
      make('h3', {}, shown(rule.id), ' ', make('span', { class: rule.faults.length ? 'no' : 'yes' },
        rule.faults.length ? `✗ ${amount(rule.faults.length, 'example does', 'examples do')} not hold` : rule.examples ? `✓ ${amount(rule.examples, 'example holds', 'examples hold')}` : 'no examples')),
      ...rule.faults.map((f) => make('p', { class: 'error' }, shown(f))),
      rule.faults.length ? null : make('p', { class: 'hint' }, found.length ? `${rule.keep ? 'Keeps' : 'Decides on'} ${amount(found.length, 'piece')} here:` : 'It finds nothing here.'),
      rule.faults.length ? null : make('ul', {}, ...found.slice(0, 8).map((p) => make('li', {}, make('button', { type: 'button', class: 'go', onclick: () => {
        showSide(state, 'why');
        select(state, p.i);
      } }, make('b', { class: p.kept ? 'yes' : 'no' }, p.kept ? 'kept' : 'removed'), ' ', make('bdi', {}, shown(brief(squeeze(p.text), 90)))))))));
  }
}
