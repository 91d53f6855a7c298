// @ts-nocheck -- runs inside a component, whose imports the compiler cannot resolve
/**
 * A guest that drives the host functions directly, without an SDK: the path says what it does. `error` in an answer is the
 * payload of the WIT error that the host returned.
 */
import { handle as send } from "wasi:http/outgoing-handler@0.2.10";
import {
  Fields,
  IncomingBody,
  OutgoingBody,
  OutgoingRequest,
  OutgoingResponse,
  RequestOptions,
  ResponseOutparam,
} from "wasi:http/types@0.2.10";
import { now, subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.10";
import { poll } from "wasi:io/poll@0.2.10";
import { Store } from "fermyon:spin/key-value@2.0.0";
import { get as variable } from "fermyon:spin/variables@2.0.0";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const dispose = Symbol.dispose ?? Symbol.for("dispose");
let requests = 0;

export const incomingHandler = {
  handle(request, outparam) {
    requests++;
    const [path, ...queries] = request.pathWithQuery().split("?");
    const [, name = "", ...rest] = path.split("/");
    const scenario = scenarios[name] ?? scenarios.seen;
    scenario({ request, outparam, rest: rest.join("/"), query: queries.join("?") });
  },
};

const scenarios = {
  hello: ({ outparam }) => answer(outparam, `hello ${requests}`),

  seen: ({ request, outparam }) => {
    const headers = request
      .headers()
      .entries()
      .map(([name, value]) => [name, decoder.decode(value)]);
    const { tag, val } = request.method();
    answer(outparam, {
      method: val ?? tag,
      path: request.pathWithQuery(),
      authority: request.authority(),
      scheme: request.scheme().tag,
      headers,
    });
  },

  echo: ({ request, outparam }) => {
    const body = request.consume();
    const source = body.stream();
    stream(outparam, [], (write) => {
      for (;;) {
        try {
          write(source.blockingRead(65536n));
        } catch (error) {
          if (error.payload?.tag === "closed") break;
          throw error;
        }
      }
      source[dispose]();
      const trailers = IncomingBody.finish(body);
      trailers.subscribe().block();
      const received = trailers.get().val.val;
      return received === undefined ? undefined : Fields.fromList(received.entries());
    });
  },

  poll: ({ outparam }) => {
    const started = now();
    const ready = poll([subscribeDuration(30_000_000_000n), subscribeDuration(20_000_000n)]);
    const elapsedMs = Number((now() - started) / 1_000_000n);
    answer(outparam, { ready: [...ready], elapsedMs });
  },

  sleep: ({ outparam, rest }) => {
    subscribeDuration(BigInt(rest) * 1_000_000n).block();
    answer(outparam, "slept");
  },

  kv: ({ outparam, rest, query }) => {
    answer(
      outparam,
      attempt(() => {
        const store = Store.open(rest);
        const before = store.get(query);
        const count = before === undefined ? 1 : Number(decoder.decode(before)) + 1;
        store.set(query, encoder.encode(String(count)));
        return { count, exists: store.exists(query), keys: store.getKeys() };
      }),
    );
  },

  forget: ({ outparam, rest, query }) => {
    answer(
      outparam,
      attempt(() => {
        const store = Store.open(rest);
        store.delete(query);
        return { exists: store.exists(query), value: store.get(query) ?? null };
      }),
    );
  },

  variable: ({ outparam, rest }) =>
    answer(
      outparam,
      attempt(() => ({ value: variable(rest) })),
    ),

  fields: ({ request, outparam }) => {
    const value = encoder.encode("x");
    const own = Fields.fromList([["A", value]]);
    own.append("a", value);
    answer(outparam, {
      count: own.get("a").length,
      forbidden: attempt(() => own.set("Host", [value])),
      badName: attempt(() => own.append("a b", value)),
      badValue: attempt(() => own.append("b", encoder.encode("1\r\n2"))),
      badList: attempt(() => Fields.fromList([["transfer-encoding", value]])),
      immutable: attempt(() => request.headers().delete("spin-base-path")),
      ofResponse: attempt(() => new OutgoingResponse(own).headers().append("b", value)),
      badStatus: attempt(() => new OutgoingResponse(new Fields()).setStatusCode(99)),
      badPath: attempt(() => new OutgoingRequest(new Fields()).setPathWithQuery("/a b")),
      badAuthority: attempt(() => new OutgoingRequest(new Fields()).setAuthority("a/b")),
      badMethod: attempt(() => new OutgoingRequest(new Fields()).setMethod({ tag: "other", val: "A B" })),
    });
  },

  twice: ({ request, outparam }) => {
    const body = request.consume();
    body.stream();
    answer(outparam, { consume: attempt(() => request.consume()), stream: attempt(() => body.stream()) });
  },

  out: ({ outparam, query }) =>
    answer(
      outparam,
      attempt(() => fetch(query)),
    ),

  post: ({ outparam, query }) =>
    answer(
      outparam,
      attempt(() => fetch(query, { method: "post", body: "x".repeat(300_000), header: "first" })),
    ),

  slow: ({ outparam, query }) => {
    const options = new RequestOptions();
    options.setFirstByteTimeout(50_000_000n);
    answer(
      outparam,
      attempt(() => fetch(query, { options })),
    );
  },

  headers: ({ outparam }) => {
    const entries = [
      ["content-type", encoder.encode("text/plain")],
      ["set-cookie", encoder.encode("a=1")],
      ["Set-Cookie", encoder.encode("b=2")],
      ["content-length", encoder.encode("2")],
    ];
    stream(outparam, entries, (write) => write(encoder.encode("ok")));
  },

  status: ({ outparam, rest }) => {
    const response = new OutgoingResponse(new Fields());
    response.setStatusCode(Number(rest));
    ResponseOutparam.set(outparam, { tag: "ok", val: response });
  },

  big: ({ outparam, rest }) => {
    stream(outparam, [], (write) => {
      for (let left = Number(rest); left > 0; left -= 65536)
        write(new Uint8Array(Math.min(left, 65536)).fill(97));
    });
  },

  early: ({ outparam }) => {
    const response = new OutgoingResponse(new Fields());
    const body = response.body();
    const output = body.write();
    const permit = Number(output.checkWrite());
    output.blockingWriteAndFlush(encoder.encode("x".repeat(4096)));
    ResponseOutparam.set(outparam, { tag: "ok", val: response });
    output.blockingWriteAndFlush(encoder.encode(String(permit)));
    output[dispose]();
    OutgoingBody.finish(body, undefined);
  },

  short: ({ outparam }) => {
    stream(outparam, [["content-length", encoder.encode("10")]], (write) => write(encoder.encode("four")));
  },

  long: ({ outparam }) => {
    stream(outparam, [["content-length", encoder.encode("4")]], (write) => {
      console.log(JSON.stringify(attempt(() => write(encoder.encode("four and more")))));
    });
  },

  spin: () => {
    for (;;);
  },

  leak: () => {
    const kept = [];
    for (;;) kept.push(new Uint8Array(1024 * 1024).fill(1));
  },

  unset: () => {},
  refused: ({ outparam }) =>
    ResponseOutparam.set(outparam, { tag: "err", val: { tag: "internal-error", val: "no" } }),

  trap: () => {
    throw new Error("trapped on purpose");
  },

  latetrap: ({ outparam }) => {
    stream(outparam, [], (write) => {
      write(encoder.encode("the first part"));
      throw new Error("trapped on purpose, later");
    });
  },

  log: ({ outparam }) => {
    console.log("to stdout");
    console.error("to stderr");
    answer(outparam, "logged");
  },
};

function fetch(url, { method = "get", body: text, header, options } = {}) {
  const [, scheme, authority, path] = /^(?:(\w+):\/\/([^/]+))?(.*)$/.exec(url);
  const headers = header === undefined ? [] : [["x-test", encoder.encode(header)]];
  const request = new OutgoingRequest(Fields.fromList(headers));
  request.setMethod({ tag: method });
  if (scheme !== undefined) request.setScheme({ tag: scheme.toUpperCase() });
  request.setAuthority(authority);
  request.setPathWithQuery(path);
  const body = text === undefined ? undefined : request.body();
  const future = send(request, options);
  if (body !== undefined) {
    const output = body.write();
    writeAll(output, encoder.encode(text));
    output[dispose]();
    OutgoingBody.finish(body, undefined);
  }
  future.subscribe().block();
  const { tag, val } = future.get().val;
  if (tag === "err") return { error: val };
  const incoming = val.consume();
  const received = readAll(incoming.stream());
  return {
    status: val.status(),
    headers: val
      .headers()
      .entries()
      .map(([name]) => name),
    body: received,
  };
}

function readAll(source) {
  let text = "";
  for (;;) {
    try {
      text += decoder.decode(source.blockingRead(65536n), { stream: true });
    } catch (error) {
      if (error.payload?.tag === "closed") return text;
      throw error;
    }
  }
}

function writeAll(output, bytes) {
  let rest = bytes;
  while (rest.length > 0) {
    output.subscribe().block();
    const permit = Number(output.checkWrite());
    output.write(rest.subarray(0, permit));
    rest = rest.subarray(permit);
  }
  output.blockingFlush();
}

function stream(outparam, headers, produce) {
  const response = new OutgoingResponse(Fields.fromList(headers));
  const body = response.body();
  ResponseOutparam.set(outparam, { tag: "ok", val: response });
  const output = body.write();
  const trailers = produce((bytes) => writeAll(output, bytes));
  output[dispose]();
  OutgoingBody.finish(body, trailers);
}

function answer(outparam, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  stream(outparam, [["content-type", encoder.encode("text/plain")]], (write) => write(encoder.encode(text)));
}

function attempt(operation) {
  try {
    return operation() ?? "done";
  } catch (error) {
    return { error: "payload" in error ? (error.payload ?? "failed") : String(error) };
  }
}
