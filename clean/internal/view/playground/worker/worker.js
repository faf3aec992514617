// The library in a worker: messages { id, what, request } are answered by
// { id, answer }, both of JSON.
'use strict';

importScripts('wasm_exec.js');

(async () => {
  try {
    const packed = await fetch('winnow.wasm.gz');
    if (!packed.ok) throw new Error(`winnow.wasm.gz: ${packed.status}`);
    // Some servers unpack what is called .gz, others do not.
    const bytes = new Uint8Array(await packed.arrayBuffer());
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const stream = isPacked ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')) : new Blob([bytes]).stream();
    const go = new Go();
    const { instance } = await WebAssembly.instantiateStreaming(new Response(stream, { headers: { 'Content-Type': 'application/wasm' } }), go.importObject);
    go.run(instance); // sets winnow, and goes on until the worker ends
    self.onmessage = ({ data }) => self.postMessage({ id: data.id, answer: self.winnow(data.what, data.request) });
    self.postMessage({ ready: true });
    // What the first input would have to wait for is made ready while there is none:
    // models and rules are read, and code that runs often is compiled once more.
    const day = '<h2>A day</h2><p>The ferry left at noon, as it does on Tuesdays, and came back <a href="/t">with the tide</a> in the evening.</p><ul class="share"><li>Share</li></ul>';
    self.winnow('clean', JSON.stringify({ html: `<article>${day.repeat(150)}</article>`, explain: true, blocks: true }));
  } catch (e) {
    self.postMessage({ failed: String(e.message || e) });
  }
})();
