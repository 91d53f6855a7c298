import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connect } from "node:net";
import { limitsOf } from "../../../runtime/engine/limits.ts";
import { HttpApp } from "../../../runtime/triggers/http/http-app.ts";
import { Listener, parseListen } from "../../../runtime/triggers/http/listener.ts";

let listener: Listener;

beforeAll(async () => {
  const staticResponse = { statusCode: 200, headers: { server: "guest" }, body: "ok" };
  const app = new HttpApp({ name: "app" }, [{ route: "/static", target: { staticResponse } }], limitsOf());
  listener = await Listener.bind("127.0.0.1:0", (request, response, signal) =>
    app.handle(request, response, signal),
  );
});

afterAll(() => listener.close(1000));

/** Sends bytes as they are and returns all that comes back. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { host, port } = parseListen(listener.address);
    const socket = connect(port, host, () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("Listener", () => {
  test("adds nothing but Date", async () => {
    const answer = await exchange("GET /static HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer.replace(/Date: .*\r\n/, "Date\r\n")).toBe(
      "HTTP/1.1 200 OK\r\nserver: guest\r\ncontent-length: 2\r\nDate\r\n\r\nok",
    );
  });

  test("keeps the connection for the next request", async () => {
    const get = "GET /static HTTP/1.1\r\nHost: a\r\n\r\n";
    expect((await exchange(get + get)).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  test("finds nothing: an empty 404", async () => {
    const answer = await exchange("GET /nope HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\ncontent-length: 0\r\nDate: [^\r]+\r\n\r\n$/);
  });

  test.each([
    ["no Host", "GET /static HTTP/1.1\r\n\r\n"],
    ["HTTP/1.0 without Host", "GET /static HTTP/1.0\r\n\r\n"],
    ["two Hosts", "GET /static HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["a target that contradicts Host", "GET http://b/static HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["garbage", "hello\r\n\r\n"],
  ])("answers 400 to %s", async (_name, text) => {
    expect(await exchange(text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("OPTIONS * matches no route", async () => {
    expect(await exchange("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("names the port that is in use", async () => {
    await expect(Listener.bind(listener.address, () => Promise.resolve())).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_PORT_IN_USE",
      path: "listen",
    });
  });

  test.each(["3000", ":3000", "localhost:99999", "localhost:x", "::1:80"])(
    "cannot listen on %s",
    async (listen) => {
      await expect(Listener.bind(listen, () => Promise.resolve())).rejects.toMatchObject({
        code: "ERR_SPIN_RUNTIME_LISTEN",
      });
    },
  );
});
