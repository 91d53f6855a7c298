import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { showRequests } from "../../../scripts/quickstart/requests.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

describe("showRequests", () => {
  test("shows each request with its answer, errors of other routes too", async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.url === "/denied" ? 500 : 200;
      response.end(`you asked\n${request.url}`);
    });
    const said: string[] = [];
    await showRequests(url, ["/", "/denied"], (line) => said.push(line));
    expect(said[0]).toBe(`  GET ${url}/`);
    expect(said[1]).toMatch(/^ {2}200 OK in \d+ ms$/);
    expect(said[2]).toBe("    you asked\n    /\n");
    expect(said[4]).toMatch(/^ {2}500 /);
  });

  test("fails when the front page does not answer as it should", async () => {
    const url = await serve((_request, response) => response.writeHead(503).end());
    await expect(showRequests(url, ["/"], () => {})).rejects.toThrow(
      `${url}/ does not answer as it should: answered 503`,
    );
  });

  test("cuts a long answer", async () => {
    const url = await serve((_request, response) => response.end("x".repeat(5000)));
    const said: string[] = [];
    await showRequests(url, ["/"], (line) => said.push(line));
    expect(said[2]?.trim()).toBe(`${"x".repeat(400)} …`);
  });
});
