import { describe, expect, test } from "@jest/globals";
import { kebabProblem, labelProblem, variableNameProblem } from "../../../model/index.ts";

describe("component ids are kebab case", () => {
  test.each(["a", "api", "image-resizer", "a1", "v2-api", "a1b2-c3", "API", "API-server", "http-API-v1"])(
    "%s is fine",
    (id) => {
      expect(kebabProblem(id)).toBeUndefined();
    },
  );

  test.each([
    ["is empty", "", /empty/],
    ["uses the separator of snake case", "image_resizer", /"-".*"_"|"_".*"-"/],
    ["has an empty word at the front", "-a", /empty/],
    ["has an empty word at the end", "a-", /empty/],
    ["has an empty word inside", "a--b", /empty/],
    ["has a word that begins with a digit", "app-2", /letter/],
    ["begins with a digit", "2app", /letter/],
    ["has a dot", "a.b", /letters|alphanumeric|ASCII/],
    ["has a blank", "a b", /letters|alphanumeric|ASCII/],
    ["has a letter outside ASCII", "caf\u00e9", /letters|alphanumeric|ASCII/],
    ["mixes cases inside one word", "imageResizer", /upper|case/],
  ])("an id that %s is refused: %j", (_rule, id, expected) => {
    expect(kebabProblem(id)).toMatch(expected);
  });

  test("a line break at the end is not overlooked", () => {
    expect(kebabProblem("api\n")).toBeDefined();
  });
});

describe("labels are kebab or snake case", () => {
  test.each(["default", "session-data", "session_data", "API_keys"])("%s is fine", (label) => {
    expect(labelProblem(label)).toBeUndefined();
  });

  test.each(["", "session-data_old", "2nd", "a__b", "a--b", "my store", "caf\u00e9", "sessionData"])(
    "%j is refused",
    (label) => {
      expect(labelProblem(label)).toEqual(expect.any(String));
    },
  );
});

describe("variable names are lower snake case", () => {
  test.each(["a", "api_token", "token2", "a_b_c"])("%s is fine", (name) => {
    expect(variableNameProblem(name)).toBeUndefined();
  });

  test.each([
    ["is empty", ""],
    ["has an upper-case letter", "apiToken"],
    ["is upper case", "TOKEN"],
    ["has a dash", "api-token"],
    ["begins with a digit", "2fa"],
    ["begins with an underscore", "_token"],
    ["ends with an underscore", "token_"],
    ["has two underscores in a row", "api__token"],
    ["has a word that begins with a digit", "token_2"],
    ["has a letter outside ASCII", "\u00fcber"],
  ])("a name that %s is refused: %j", (_rule, name) => {
    expect(variableNameProblem(name)).toEqual(expect.any(String));
  });
});
