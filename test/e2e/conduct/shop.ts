import { type Declared, type ProgramText, ref, secret } from "../../support/front-ends.ts";
import type { Stack } from "../../support/stack.ts";

export interface Written {
  /** What `/fact` answers. */
  body?: string;
  /** Further inputs and options of the deployment `local`. */
  inputs?: Declared["inputs"];
  options?: Declared["options"];
  /** Value of the secret variable `token`, which there is only with it. */
  token?: string;
  /** Further resources. */
  more?: Record<string, Declared>;
}

/** The smallest application that is deployed: a variable, a route that needs no component, and the deployment `local`. */
export function shop({ listen }: Pick<Stack, "listen">, written: Written = {}): ProgramText {
  const { body = "one", inputs = {}, options = {}, token, more = {} } = written;
  const variables = [ref("greeting"), ...(token === undefined ? [] : [ref("token")])];
  const given = token === undefined ? {} : { variables: { token: secret(token) } };
  return {
    resources: {
      ...(token === undefined ? {} : { token: { type: "Variable", inputs: { secret: true } } }),
      greeting: { type: "Variable", inputs: { default: "Hello" } },
      fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body } } },
      shop: { type: "App", inputs: { components: [], variables, routes: [ref("fact")] } },
      local: { type: "HostDeployment", inputs: { app: ref("shop"), listen, ...given, ...inputs }, options },
      ...more,
    },
  };
}
