// Who cleans: the server that the page comes from, or a worker with the library in it.
// An engine has ask(what, request), what being "clean" or "rules", which promises the
// answer, and ready, a promise.

function serverEngine() {
  const ask = async (what, request) => {
    let response;
    try {
      response = await fetch(what, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) });
    } catch {
      throw new Error('The server does not answer. Is winnow serve still running?');
    }
    return response.json();
  };
  return { ask, ready: Promise.resolve() };
}

const patience = 60_000; // milliseconds that the worker may take for an input

function workerEngine() {
  let worker;
  let waiting = new Map();
  let count = 0;
  const engine = { ready: null, ask };
  function restart() {
    worker = new Worker('worker.js');
    engine.ready = new Promise((done, fail) => {
      worker.onmessage = ({ data }) => {
        if (data.ready) return done();
        if (data.failed) return fail(new Error(`The library could not be loaded: ${data.failed}`));
        const open = waiting.get(data.id);
        waiting.delete(data.id);
        open?.done(JSON.parse(data.answer));
      };
      worker.onerror = (e) => {
        e.preventDefault?.();
        fail(new Error('The library could not be loaded.'));
      };
    });
    engine.ready.catch(() => {}); // whoever asks hears of it
  }
  async function ask(what, request) {
    await engine.ready;
    return new Promise((done, fail) => {
      const id = ++count;
      const late = setTimeout(() => {
        worker.terminate();
        for (const open of waiting.values()) open.fail(new Error(`It took longer than ${patience / 1000} seconds, and was ended.`));
        waiting = new Map();
        restart();
      }, patience);
      const over = (f) => (v) => {
        clearTimeout(late);
        f(v);
      };
      waiting.set(id, { done: over(done), fail: over(fail) });
      worker.postMessage({ id, what, request: JSON.stringify(request) });
    });
  }
  restart();
  return engine;
}
