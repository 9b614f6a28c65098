// Runs behind the bindings of the WebAssembly module, in a thread of its own, so that making an RSA key does not stop
// the page. It gets the module first, and then one request after the other.
"use strict";

onmessage = ({ data }) => {
  if (data.wasm) {
    wasm_bindgen.initSync({ module: data.wasm });
    return;
  }
  try {
    postMessage({ id: data.id, report: wasm_bindgen[data.method](data.request) });
  } catch (error) {
    // What stopped in the middle may not be used again.
    postMessage({ id: data.id, failure: String(error) });
    close();
  }
};
