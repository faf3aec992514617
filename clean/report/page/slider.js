// What another threshold of the model would change.

// usualThreshold is the one most pieces have: on a page all, in a text those
// that do not look like paragraphs.
function usualThreshold(pieces) {
  const count = new Map();
  for (const p of pieces) if (p.model && !p.fixed) count.set(p.threshold, (count.get(p.threshold) || 0) + 1);
  let best = 0;
  let most = 0;
  for (const [t, n] of count) if (n > most) [best, most] = [t, n];
  return best;
}

// prepareSlider sorts the model's pieces by how far they are from going over
// to the other side.
function prepareSlider(state) {
  const pieces = state.data.diff || !state.data.run ? [] : state.data.run.pieces;
  state.threshold = usualThreshold(pieces);
  state.margins = pieces
    .filter((p) => p.model && !p.fixed && !byPolicy(p))
    .map((p) => ({ i: p.i, margin: logit(p.p) - logit(p.threshold), kept: p.kept }))
    .sort((a, b) => a.margin - b.margin);
  state.moved = new Map(); // row: 'goes' or 'comes'
  state.shift = 0;
}

// moveThreshold moves the usual threshold, and the others as far.
function moveThreshold(state, to) {
  const shift = Math.abs(to - state.threshold) < 1e-9 ? 0 : logit(to) - logit(state.threshold);
  const [from, until] = shift < state.shift ? [shift, state.shift] : [state.shift, shift];
  state.shift = shift;
  // Only the pieces between the old place and the new one can change.
  let lo = 0;
  let hi = state.margins.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (state.margins[mid].margin < from - 1e-9) lo = mid + 1;
    else hi = mid;
  }
  for (let k = lo; k < state.margins.length && state.margins[k].margin <= until + 1e-9; k++) {
    const { i, margin, kept } = state.margins[k];
    const keeps = shift === 0 ? kept : margin >= shift;
    const verdict = keeps === kept ? '' : keeps ? 'comes' : 'goes';
    if ((state.moved.get(i) || '') === verdict) continue;
    if (verdict) state.moved.set(i, verdict);
    else state.moved.delete(i);
    const el = state.els[i];
    if (el) {
      el.classList.toggle('goes', verdict === 'goes');
      el.classList.toggle('comes', verdict === 'comes');
    }
    markArticle(state, i, verdict);
  }
}

// sumMoved says what would change.
function sumMoved(state) {
  const sums = { goes: [0, new Size()], comes: [0, new Size()] };
  for (const [i, verdict] of state.moved) {
    sums[verdict][0]++;
    sums[verdict][1].add(state.data.rows[i].text);
  }
  const parts = [];
  if (sums.comes[0]) parts.push(`${amount(sums.comes[0], 'piece')} (${sums.comes[1]}) would come back`);
  if (sums.goes[0]) parts.push(`${amount(sums.goes[0], 'piece')} (${sums.goes[1]}) would go`);
  if (parts.length) return parts.join(', ');
  return state.shift === 0 ? 'as it was run' : 'nothing would change';
}
