// A picture of a run over many files: what stayed and went, and where to look first.
// Every bar leads to its files.

const topFiles = 8; // that a list shows
const topKinds = 14;

function showRun(state) {
  if (!state.run.firstChild) buildRun(state);
  state.run.hidden = false;
  document.body.classList.add('in-run');
  state.one.hidden = true;
  for (const f of state.files) if (f.item) f.item.firstChild.setAttribute('aria-current', 'false');
  document.documentElement.dataset.filled = 'true';
  document.body.classList.remove('diff');
}

function buildRun(state) {
  const files = state.files.filter((f) => f.sum);
  const failed = state.files.filter((f) => !f.sum);
  const sum = { kept: 0, all: 0, chars: 0, doubts: 0, kinds: new Map(), verdicts: new Map(), scores: Array.from({ length: 10 }, () => []) };
  const of = (s) => s.w + (s.c || 0);
  const put = (map, key, file, n) => {
    if (!map.has(key)) map.set(key, { n: 0, files: [] });
    const e = map.get(key);
    e.n += n;
    e.files.push({ file, n });
  };
  for (const f of files) {
    sum.kept += of(f.sum.kept);
    sum.all += of(f.sum.all);
    sum.chars += f.sum.all.c || 0;
    sum.doubts += f.sum.doubts || 0;
    for (const [kind, n] of Object.entries(f.sum.gone || {})) put(sum.kinds, kind, f, n);
    put(sum.verdicts, f.verdict, f, 1);
    sum.scores[Math.min(9, Math.floor(f.sum.score * 10 + 1e-9))].push({ file: f, n: f.sum.score });
  }
  if (failed.length) sum.verdicts.set('failed', { n: failed.length, files: failed.map((file) => ({ file, n: 1 })) });
  const unit = sum.chars > sum.all / 2 ? 'characters' : 'words';
  const share = sum.all ? sum.kept / sum.all : 0;
  const picked = make('div', { class: 'picked', role: 'status' });

  // pick lists the files behind a bar.
  const pick = (title, list, say) => () => {
    const sorted = [...list].sort((a, b) => b.n - a.n);
    picked.replaceChildren(make('h2', {}, `${title}: ${amount(list.length, 'file')}`), fileList(state, sorted.slice(0, 60), say),
      sorted.length > 60 ? make('p', { class: 'hint' }, `and ${number(sorted.length - 60)} more`) : '');
    picked.scrollIntoView({ block: 'nearest' });
  };
  const bars = (entries, most, kindOfBar) => make('ul', { class: 'bars' }, ...entries.map(([name, e, text, say]) => {
    const bar = make('i', { 'aria-hidden': 'true' });
    bar.style.width = `${Math.max(0.6, (e.n / (most || 1)) * 100)}%`;
    return make('li', { class: kindOfBar(name) }, make('button', { type: 'button', onclick: pick(name, e.files, say) },
      make('span', { class: 'label', title: about.get(name) || '' }, name), make('span', { class: 'track' }, bar), make('span', { class: 'amount' }, text)));
  }));
  const card = (title, note, ...body) => make('section', { class: 'card' }, make('h2', {}, title), note ? make('p', { class: 'hint' }, note) : null, ...body);

  const stay = make('i', { class: 'kept-bar', 'aria-hidden': 'true' });
  stay.style.width = `${share * 100}%`;
  const whole = make('div', { class: 'whole' }, stay);

  const kinds = [...sum.kinds].sort((a, b) => b[1].n - a[1].n);
  const order = ['article', 'partial', 'listing', 'stub', 'empty', 'failed'];
  const verdictsSeen = [...sum.verdicts].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  const mostScore = Math.max(...sum.scores.map((s) => s.length), 1);
  const columns = make('div', { class: 'columns', role: 'group', 'aria-label': 'Files by score' }, ...sum.scores.map((list, k) => {
    const name = `${(k / 10).toFixed(1)} to ${((k + 1) / 10).toFixed(1)}`;
    const bar = make('i', { 'aria-hidden': 'true' });
    bar.style.height = `${(list.length / mostScore) * 100}%`;
    return make('button', { type: 'button', disabled: !list.length, title: `score ${name}`,
      onclick: pick(`Score ${name}`, list.map((e) => ({ ...e, n: -e.n })), (e) => (-e.n).toFixed(2)) },
    make('span', { class: 'count' }, list.length ? number(list.length) : ''), make('span', { class: 'sr' }, list.length === 1 ? ' file, score ' : ' files, score '),
    make('span', { class: 'shaft' }, bar), make('span', { class: 'tick' }, (k / 10).toFixed(1)), make('span', { class: 'sr' }, ` to ${((k + 1) / 10).toFixed(1)}`));
  }));
  const slow = files.filter((f) => f.sum.ms).sort((a, b) => b.sum.ms - a.sum.ms).slice(0, topFiles).map((file) => ({ file, n: file.sum.ms }));
  const doubt = files.filter((f) => f.sum.doubts).sort((a, b) => b.sum.doubts - a.sum.doubts).slice(0, topFiles).map((file) => ({ file, n: file.sum.doubts }));
  const low = files.slice(0, topFiles).map((file) => ({ file, n: file.sum.score }));
  state.run.append(
    make('header', { class: 'run-head' }, make('h1', {}, `${amount(state.files.length, 'file')}`),
      make('p', {}, make('strong', {}, percent(share)), ` of ${number(sum.all)} ${unit} stay, ${number(sum.all - sum.kept)} went`,
        sum.doubts ? `; ${amount(sum.doubts, 'piece is', 'pieces are')} doubtful` : '', failed.length ? `; ${amount(failed.length, 'file')} failed` : '', '.'), whole),
    make('div', { class: 'cards' },
      card('Verdicts', 'files', bars(verdictsSeen.map(([v, e]) => [v, e, number(e.n), () => '']), Math.max(...verdictsSeen.map(([, e]) => e.n)), (v) => 'bar-' + v)),
      card('What went', `${unit} by kind`, kinds.length ? bars(kinds.slice(0, topKinds).map(([k, e]) => [k, e, number(e.n), (x) => `${number(x.n)} ${unit}`]), kinds[0][1].n, (k) => 'f-' + family(k)) : make('p', {}, 'Nothing.')),
      card('Scores', 'files by expected F1; of flattened text, the share that stayed', columns),
      card('Lowest scores', '', fileList(state, low, (e) => e.n.toFixed(2))),
      doubt.length ? card('Most doubtful', 'pieces near the threshold', fileList(state, doubt, (e) => number(e.n))) : null,
      slow.length ? card('Slowest', 'milliseconds', fileList(state, slow, (e) => (e.n < 10 ? e.n.toFixed(1) : number(Math.round(e.n))))) : null),
    picked);
}

// fileList are buttons that open files, with a figure each and a bar of it.
function fileList(state, entries, say) {
  const most = Math.max(...entries.map((e) => Math.abs(e.n)), 1e-9);
  return make('ul', { class: 'file-list' }, ...entries.map((e) => {
    const bar = make('i', { 'aria-hidden': 'true' });
    bar.style.width = `${Math.max(1, (Math.abs(e.n) / most) * 100)}%`;
    return make('li', {}, make('button', { type: 'button', title: shown(e.file.name), onclick: () => openFile(state, e.file.n) },
      make('bdi', {}, shown(e.file.short)), make('span', { class: 'amount' }, say(e)), bar));
  }));
}
