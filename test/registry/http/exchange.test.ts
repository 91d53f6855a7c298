import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer, type Server } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { SpinError } from "../../../model/errors/index.ts";
import { createExchange, discard, type Exchange, readBody } from "../../../registry/http/index.ts";
import { rejected } from "../../support/caught.ts";

const limits = { connectMs: 100, answerMs: 100, bodyMs: 100 };
let server: Server;
let serve: (socket: Socket) => void;
let exchange: Exchange;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  exchange = createExchange({ timeLimits: limits });
});
afterEach(async () => {
  exchange.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
});

const url = (protocol = "http"): URL =>
  new URL(`${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`);

describe("a registry that says nothing", () => {
  test("at all has its request ended", async () => {
    serve = () => undefined;
    const error = await rejected(exchange.send({ method: "GET", url: url() }));
    expect(error).toMatchObject({
      code: "ERR_SPIN_REGISTRY_UNREACHABLE",
      message: expect.stringContaining("no answer for 0.1 s"),
    });
  });

  test("while TLS begins has its connection ended", async () => {
    serve = () => undefined;
    const error = await rejected(exchange.send({ method: "GET", url: url("https") }));
    expect(error.message).toContain("no connection for 0.1 s");
  });

  test("in the middle of a body has it ended", async () => {
    serve = (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc");
    const answer = await exchange.send({ method: "GET", url: url() });
    const error = await rejected(readBody(answer, 100));
    expect(error.message).toContain("nothing more for 0.1 s");
  });
});

test("a reader that takes its time is not cut off", async () => {
  const whole = "x".repeat(3_000_000);
  serve = (socket) => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${whole.length}\r\n\r\n${whole}`);
  const answer = await exchange.send({ method: "GET", url: url() });
  await new Promise((done) => setTimeout(done, 350));
  expect((await readBody(answer, whole.length))?.length).toBe(whole.length);
});

test("what fails where it comes from is told as what it is, not as the registry's", async () => {
  serve = (socket) => socket.resume();
  const failure = new SpinError("ERR_SPIN_ARTIFACT_CONTENT", "The file changed.");
  const open = (): Readable =>
    Readable.from(
      (async function* () {
        yield Buffer.from("abc");
        throw failure;
      })(),
      { objectMode: false },
    );
  const sent = exchange.send({ method: "PUT", url: url(), body: { sizeBytes: 10, open } });
  expect(await rejected(sent)).toBe(failure);
});

test("an answer before everything was sent is taken, and the rest is not sent", async () => {
  serve = (socket) =>
    socket.once("data", () => socket.pause().write("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno"));
  let isOpen = true;
  const open = (): Readable =>
    new Readable({
      read() {
        this.push(Buffer.alloc(64 * 1024));
      },
      destroy(_error, done) {
        isOpen = false;
        done(null);
      },
    });
  const answer = await exchange.send({ method: "PUT", url: url(), body: { sizeBytes: 2 ** 40, open } });
  expect(answer.status).toBe(413);
  await discard(answer);
  await new Promise((done) => setTimeout(done, 20));
  expect(isOpen).toBe(false);
});

test("a connection is used again, also after a body that nobody wanted", async () => {
  serve = (socket) =>
    socket.on("data", () => socket.write("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno"));
  for (let count = 0; count < 3; count++) await discard(await exchange.send({ method: "GET", url: url() }));
  expect(sockets).toHaveLength(1);
});
