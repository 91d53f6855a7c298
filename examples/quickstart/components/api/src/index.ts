import { Store } from "fermyon:spin/key-value@2.0.0";
import { get as variable } from "fermyon:spin/variables@2.0.0";

const routes: Record<string, () => Response | Promise<Response>> = {
  "/": () => new Response(`${variable("greeting")}\n\nNext: ${Object.keys(routes).slice(1).join(", ")}\n`),
  "/count": () => Response.json({ visits: countVisit() }),
  "/token": () => Response.json({ tokenLength: variable("token").length }),
  "/outbound/granted": () => relay(variable("upstream")),
  "/outbound/denied": () => relay("https://example.com/"),
};

addEventListener("fetch", (event: FetchEvent) => event.respondWith(respond(event.request)));

async function respond(request: Request): Promise<Response> {
  const route = request.method === "GET" ? routes[new URL(request.url).pathname] : undefined;
  if (route === undefined) return new Response("Not found\n", { status: 404 });
  try {
    return await route();
  } catch (error) {
    return Response.json({ error: describe(error) }, { status: 500 });
  }
}

// Two requests at the same time may count as one, as on every Spin host: a key-value store has no transactions.
function countVisit(): number {
  const store = Store.open("default");
  const visits = Number(new TextDecoder().decode(store.get("visits"))) + 1;
  store.set("visits", new TextEncoder().encode(String(visits)));
  return visits;
}

async function relay(url: string): Promise<Response> {
  try {
    const response = await fetch(url);
    return Response.json({ status: response.status, body: await response.text() });
  } catch (error) {
    // fetch tells a refusal from a failed connection to nobody; the host's log does.
    return Response.json({ error: `${url}: ${describe(error)}` }, { status: 502 });
  }
}

function describe(error: unknown): string {
  const { payload } = error as { payload?: { tag: string; val?: string } };
  return payload === undefined ? String(error) : [payload.tag, payload.val].filter(Boolean).join(": ");
}
