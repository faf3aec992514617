// Rules ready to be put into a file for --rules.

// selectorsOf are the selectors that a piece's place offers, from the inside:
// an element's name alone where it has an id or a class, else the way to it.
function selectorsOf(where) {
  if (!where || where.startsWith('line ') || where.startsWith('script[')) return [];
  const steps = where.split(' > ');
  const list = [];
  for (let j = steps.length - 1; j >= 0; j--) {
    if (/^(html|body|main|article)\b/.test(steps[j])) continue; // never taken out
    let from = j;
    while (from > 0 && !/[.#]/.test(steps[from])) from--;
    list.push(steps.slice(from, j + 1).join(' > '));
  }
  return [...new Set(list)];
}

// fits tells whether a step of a piece's place may be what a step of a selector
// names: a place gives two classes of an element, which may have more.
function fits(step, want) {
  const [a, b] = [step, want].map((s) => s.split(/(?=[.#:])/));
  return b.every((part) => a.includes(part));
}

// touched are the pieces whose place lies in what a selector names.
function touched(pieces, selector) {
  const want = selector.split(' > ');
  return pieces.filter((p) => {
    const steps = p.where.split(' > ');
    for (let k = 0; k + want.length <= steps.length; k++) if (want.every((w, j) => fits(steps[k + j], w))) return true;
    return false;
  });
}

const formWords = 14; // of a longer line its beginning is enough

// formOf turns a line into what a rule looks for. Rules compare word by word,
// so that signs do not matter, but some have a meaning of their own.
function formOf(text) {
  const plain = text.replace(/[|()[\]{}]/g, ' ').replace(invisible, '').replace(/\s+/g, ' ').trim();
  const words = plain.match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]+/gu) || [];
  // A word may be several to the rules, such as PinterestEmail or 3rd.
  const count = words.reduce((n, w) => n + (w.match(/\p{Lu}?\p{Ll}+|\p{Lu}+|\p{N}+|[^\p{L}\p{N}]+|./gu) || []).length, 0);
  if (count <= 30) return { field: 'line', form: plain, max: 0 };
  let end = 0;
  let n = 0;
  for (const w of plain.matchAll(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]+/gu)) {
    end = w.index + w[0].length;
    if (++n === formWords) break;
  }
  return { field: 'open', form: plain.slice(0, end), max: 2 * count };
}

function hashOf(s) {
  let h = 0x811c9dc5;
  for (const c of s) h = Math.imul(h ^ c.codePointAt(0), 0x01000193) >>> 0;
  return h.toString(16).padStart(8, '0').slice(0, 6);
}

// ruleKind is a kind that a rule may have; a piece that stays has none.
const ruleKind = (piece) => piece.kind || 'boilerplate';

// ruleText is a rule that keeps or drops what piece is, by a selector or, without
// one, by its line.
function ruleText(state, piece, keep, selector) {
  const kind = ruleKind(piece);
  const verb = keep ? 'keep' : 'drop';
  const lines = [];
  const oneLine = (s) => s.replace(invisible, '').replace(/\s+/g, ' ').trim();
  const name = oneLine(state.file.name).slice(0, 80);
  const add = (key, value) => lines.push(value === undefined ? `  ${key}` : `  ${key.padEnd(6)} ${value}`);
  add('why', `${keep ? 'kept' : 'dropped'} by hand on ${name || 'a page'}`);
  if (keep) add('keep');
  if (selector) {
    if (!keep) add('prune');
    add('select', selector);
  } else {
    const { field, form, max } = formOf(lineTextOf(state, piece));
    if (max) add('max', max);
    add(field, form);
  }
  return `rule ${kind}.${verb}-${hashOf(verb + (selector || piece.text))}\n${lines.join('\n')}\n`;
}

// lineTextOf is the beginning of the line that a piece of flattened text was
// part of. How its pieces were glued together is not known to the letter.
function lineTextOf(state, piece) {
  const pieces = state.data.run.pieces;
  let first = piece.i;
  while (piece.where.startsWith('line ') && first > 0 && pieces[first - 1].where === piece.where) first--;
  return pieces[first].text;
}

// rulesFor lists what can be done about a piece by a rule: its choices, by name. The
// first is the widest that changes nothing else here, or else the one that changes
// least.
function rulesFor(state, piece) {
  const keep = !piece.kept;
  const choices = selectorsOf(piece.where).map((selector) => {
    const found = touched(state.data.run.pieces, selector);
    const changes = found.filter((p) => p.kept !== keep).length;
    const name = `${selector}  (${amount(found.length, 'piece')} here, ${changes === 1 ? 'changes this one alone' : `changes ${number(changes)}`})`;
    return { name, touches: found.length, changes, text: ruleText(state, piece, keep, selector) };
  });
  choices.sort((a, b) => a.changes - b.changes || b.touches - a.touches);
  // A line of a page that its block took along cannot be kept by its words.
  const flat = piece.where.startsWith('line ');
  if (flat || !keep || piece.step === 'line') choices.push({ name: 'by the words of its line', text: ruleText(state, piece, keep, '') });
  if (piece.rule.endsWith('.element')) return []; // no text of the page to any rule
  return choices;
}
