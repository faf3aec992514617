// What can be taken along: a command that does the same, and a test case.

const inShell = (s) => (/^[\w@%+=:,./-]+$/.test(s) ? s : `'${s.replace(/'/g, `'\\''`)}'`);

// fileName is what the input would be called as a file.
function fileName(state) {
  if (state.name) return state.name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return state.data.run?.format === 'text' ? 'text.txt' : 'page.html';
}

function commandOf(state) {
  const words = ['winnow'];
  const add = (flag, value) => words.push(flag, inShell(value));
  if (state.tab === 'markdown') add('-f', 'md');
  if (state.tab === 'html') add('-f', 'html');
  if (state.tab === 'json') add('-f', 'json');
  if (state.format !== 'auto') add('--from', state.format);
  if (state.mode !== 'balanced') add('--mode', state.mode);
  for (const action of ['drop', 'keep', 'mark']) {
    const kinds = kindsOf(state, action);
    if (kinds.length) add(`--${action}`, kinds.join(','));
  }
  if (state.rules) add('--rules', 'mine.rules');
  if (state.url) add('--url', state.url);
  words.push(inShell(fileName(state)));
  return words.join(' ');
}

// testCaseOf is the input and what came of it as files of testdata, in one text in the
// form of txtar: files follow each other, with a line of their name in front.
function testCaseOf(state) {
  const { run } = state.data;
  const isText = run.format === 'text';
  const name = (fileName(state).replace(/\.[^.]*$/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'case');
  const dir = `${isText ? 'text' : 'html'}/${name}`;
  const r = state.record;
  const meta = {
    title: r.title, authors: (r.authors || []).join(', '), byline: r.byline, published: r.published, modified: r.modified,
    site_name: r.site_name, source: r.source_name, language: r.language, excerpt: r.excerpt, image: r.image, url: r.url, verdict: r.verdict,
  };
  for (const key of Object.keys(meta)) if (!meta[key]) delete meta[key];
  const ended = (s) => (s === '' || s.endsWith('\n') ? s : s + '\n');
  const files = [[isText ? 'dirty.txt' : 'page.html', state.source], ['gold.txt', r.text], ['meta.json', JSON.stringify(meta, null, 2)]];
  if (state.rules) files.push(['mine.rules', state.rules]);
  return `${commandOf(state)}\n${files.map(([file, text]) => `-- ${dir}/${file} --\n${ended(text)}`).join('')}`;
}
