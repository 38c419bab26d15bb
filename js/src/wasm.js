// The only file that knows memory, pointers and exports.

const ABI_VERSION = 2;

/**
 * The module's exports, named as in wasm/hezuo.h. Lengths follow pointers; a request is
 * JSON, an answer the address of a reply: {ok, size, data, count}.
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {() => number} hz_abi_version
 * @property {(size: number) => number} hz_alloc
 * @property {(block: number) => void} hz_free
 * @property {(handle: number) => void} hz_release
 * @property {(handle: number) => void} hz_close
 */

/**
 * The names of the exports that answer, by what they take.
 * @typedef {'hz_configure' | 'hz_text' | 'hz_compile' | 'hz_inspect' | 'hz_count' | 'hz_nfc'
 *   | 'hz_id' | 'hz_rule'} Operation On one buffer.
 * @typedef {'hz_state' | 'hz_check' | 'hz_left'} Question On a handle.
 * @typedef {'hz_set' | 'hz_row' | 'hz_compare' | 'hz_consent' | 'hz_adjust' | 'hz_document' | 'hz_answer'}
 *   SessionOperation On a handle and a buffer.
 * @typedef {'hz_validate' | 'hz_open'} CallOperation On a handle and two buffers.
 */

/** What a call refuses of a definition has issues; see index.js.
 * @import { DefinitionIssue } from './index.js'
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** In UTF-16 code units. */
const SHORT = 20_000;

/** What the core refused, and where: `path` is a JSON Pointer into the request. */
export class HezuoError extends Error {
  name = 'HezuoError';

  /** @param {{code: string, path: string, message: string, issues?: DefinitionIssue[]}} failure */
  constructor({ code, path, message, issues }) {
    super(message);
    /** @readonly */ this.code = code;
    /** @readonly */ this.path = path;
    /** @readonly */ this.issues = issues;
  }
}

/**
 * The JSON of a request. A lone surrogate becomes U+FFFD, which is what TextEncoder makes
 * of it; JSON.stringify would escape it, and no reader of UTF-8 takes that.
 *
 * @param {object} request
 */
export function toJson(request) {
  const text = JSON.stringify(request);
  if (!text.includes('\\ud')) return text;
  return text.replace(/\\\\|\\ud[89a-f]../g, (escape) => (escape === '\\\\' ? escape : '\ufffd'));
}

/** One instance of the core. Calls are synchronous and never re-entrant. */
export class Core {
  /** @type {Exports & Record<string, (...values: number[]) => number>} */
  #exports;

  /** @param {WebAssembly.Exports | object} exports */
  constructor(exports) {
    this.#exports = /** @type {any} */ (exports);
    this.#exports._initialize();
    const version = this.#exports.hz_abi_version();
    if (version !== ABI_VERSION) {
      throw new HezuoError({
        code: 'abi.version',
        path: '',
        message: `hezuo-form.wasm speaks ABI ${version}, this script ${ABI_VERSION}: reload the page`,
      });
    }
  }

  /**
   * @param {string} operation
   * @param {number[]} handles
   * @param {(string | Uint8Array)[]} inputs Each becomes a pointer and a length.
   * @param {(pointers: number[]) => number[]} [order] Arranges the arguments.
   * @returns {{text: string, isLength: boolean, count: number}} The answer's JSON text, or what
   *   the counter of a text says of its length.
   */
  #run(operation, handles, inputs, order = (pointers) => pointers) {
    const core = this.#exports;
    // Where a text is short, room for the longest that it can be is cheaper than a copy.
    const buffers = inputs.map((input) =>
      typeof input === 'string' && input.length > SHORT ? encoder.encode(input) : input,
    );
    const room = (/** @type {string | Uint8Array} */ input) =>
      typeof input === 'string' ? 3 * input.length : input.length;
    // The pointer of an empty block is still one.
    const block = core.hz_alloc(buffers.reduce((sum, input) => sum + room(input), 1));
    if (block === 0) throw new RangeError('out of memory');
    try {
      const memory = new Uint8Array(core.memory.buffer);
      /** @type {number[]} */
      const pointers = [];
      let at = block;
      for (const input of buffers) {
        let size = input.length;
        if (typeof input !== 'string') memory.set(input, at);
        else size = encoder.encodeInto(input, memory.subarray(at, at + room(input))).written;
        pointers.push(at, size);
        at += size;
      }
      const reply = core[operation](...handles, ...order(pointers));
      // The memory may have grown, so its views are made anew after the call.
      const slot = new Uint32Array(core.memory.buffer, reply, 4);
      const text = decoder.decode(new Uint8Array(core.memory.buffer, slot[2], slot[1]));
      if (slot[0] === 0) throw new HezuoError(JSON.parse(text));
      return { text, isLength: slot[0] === 2, count: slot[3] };
    } finally {
      core.hz_free(block);
    }
  }

  /**
   * @param {Operation} operation
   * @param {string | Uint8Array} input
   */
  call(operation, input) {
    return JSON.parse(this.#run(operation, [], [input]).text);
  }

  /**
   * @param {Question} question
   * @param {number} handle
   */
  ask(question, handle) {
    return JSON.parse(this.#run(question, [handle], []).text);
  }

  /**
   * @param {SessionOperation} operation
   * @param {number} session
   * @param {object} request
   */
  tell(operation, session, request) {
    return JSON.parse(this.tellText(operation, session, request));
  }

  /**
   * As `tell`, with the answer as it was written.
   * @param {SessionOperation} operation
   * @param {number} session
   * @param {object} request
   */
  tellText(operation, session, request) {
    return this.#run(operation, [session], [toJson(request)]).text;
  }

  /**
   * @param {CallOperation} operation
   * @param {number} call
   * @param {string | Uint8Array} document
   * @param {object} request
   */
  give(operation, call, document, request) {
    return JSON.parse(this.#run(operation, [call], [document, toJson(request)]).text);
  }

  /**
   * One text of a session, without JSON on the way in, and seldom on the way out.
   * @param {number} session
   * @param {string} key
   * @param {string} language
   * @param {number} index Of the language in the definition; -1 for a plain text.
   * @param {string} text
   */
  setText(session, key, language, index, text) {
    const reply = this.#run('hz_set_text', [session], [key, text], ([at, size, ...rest]) => [
      at,
      size,
      index,
      ...rest,
    ]);
    if (!reply.isLength) return JSON.parse(reply.text);
    const length = { key, language, count: reply.count, text: reply.text };
    return { cells: [], length: reply.text ? length : undefined };
  }

  /** @param {number} call */
  release(call) {
    this.#exports.hz_release(call);
  }

  /** @param {number} session */
  close(session) {
    this.#exports.hz_close(session);
  }
}

/** All that the module asks of its host. */
const imports = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    /** @param {number} status */
    proc_exit(status) {
      throw new Error(`hezuo-form.wasm exited with ${status}`);
    },
  },
};

/** So long nothing may arrive of a file before it is taken for held back. */
const STALL_MS = 10_000;

/**
 * A core that runs here: the wasm, or else the same as JavaScript, which is larger and slower,
 * and runs wherever this script does. There is no worker between the two, where some policies
 * allow what they refuse on the page: a key press is answered in its own frame, which no
 * message to a worker is.
 *
 * @param {URL | string | BufferSource} wasm
 * @param {URL | string} [js]
 * @returns {Promise<Core>}
 */
export async function instantiate(wasm, js) {
  try {
    return await fromWasm(wasm);
  } catch (failure) {
    if (!js) throw failure;
    // Whatever it was, even another ABI: a cache that keeps an old file gives it to a reload
    // as well. Only where the other file does not help is the first failure the visitor's.
    console.info('Hezuo runs without WebAssembly.', failure);
    return fromJs(js).catch(() => {
      throw failure;
    });
  }
}

/** @param {URL | string | BufferSource} source */
async function fromWasm(source) {
  // The smallest module. A policy refuses it as well, before anything is downloaded in vain.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const abort = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), STALL_MS);
  };
  try {
    const { instance } =
      typeof source === 'string' || source instanceof URL
        ? await WebAssembly.instantiateStreaming(fetchWasm(source, wait, abort.signal), imports)
        : await WebAssembly.instantiate(source, imports);
    return new Core(instance.exports);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The file, under the one type that streaming takes: many a CMS serves it under another.
 *
 * @param {URL | string} source
 * @param {() => void} wait Called at each sign of life: a slow connection may take its time.
 * @param {AbortSignal} signal
 */
async function fetchWasm(source, wait, signal) {
  wait();
  const response = await fetch(String(source), { signal });
  if (!response.ok || !response.body) throw new Error(`${response.status} for ${response.url}`);
  const watched = new TransformStream({
    transform(chunk, controller) {
      wait();
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(watched), {
    headers: { 'Content-Type': 'application/wasm' },
  });
}

let instances = 0;

/** @param {URL | string} source */
async function fromJs(source) {
  // A module is one instance for each address; its file is one for all fragments.
  const address = `${source}#${++instances}`;
  return new Core(await import(/* @vite-ignore */ /* webpackIgnore: true */ address));
}
