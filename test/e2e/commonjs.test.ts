import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { dynamic } from "../support/front-ends.ts";
import { openStack, type Stack } from "../support/stack.ts";
import { shop } from "./conduct/shop.ts";

jest.setTimeout(180_000);

let stack: Stack;
beforeAll(async () => {
  stack = await openStack(dynamic);
});
afterAll(() => stack.dispose());

describe("dynamic", () => {
  test("22 dynamic: a program in CommonJS, checked by the compiler, is deployed and stays as it is", async () => {
    stack.write(shop(stack));
    stack.program.write("package.json", '{ "main": "index.ts" }');
    stack.program.write(
      "tsconfig.json",
      '{ "compilerOptions": { "module": "nodenext", "target": "es2024", "strict": true, "skipLibCheck": true, "noEmit": true } }',
    );
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.run("preview", "--expect-no-changes");
    await stack.destroy();
  });
});
