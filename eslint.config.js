import {existsSync} from "node:fs";
import js from "@eslint/js";
import {defineConfig} from "eslint/config";
import importX, {createNodeResolver} from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

const rooms = (...names) => names.map((name) => `./src/components/${name}`);

/** Arrows that no import may follow: data flows from the archive over cells, models and loaders to the pages. */
const forbidden = [
  {target: ["./src", "./models"], from: "./tests", message: "Only tests import from tests/."},
  {
    target: "./src/components",
    from: ["./models", "./src/build", "./src/data/loaders", "./src/data/pack"],
    message: "What runs in a browser reads what the loaders wrote, by src/data/shapes/."
  },
  {
    target: "./src/data/shapes",
    from: ["./models", "./src/build", "./src/components", "./src/data/loaders", "./src/data/pack"],
    message: "Shapes are what all others know; they know nobody."
  },
  {
    target: ["./src/data/loaders", "./src/data/pack"],
    from: "./src/components",
    except: ["./engine", "./image", "./metrics"],
    message: "Loaders do without the code of pages."
  },
  {target: "./src/data/pack", from: ["./models", "./src/build", "./src/data/loaders"], message: "Packing comes first."},
  {target: "./src/data/loaders", from: ["./models", "./src/build"], message: "Loaders read data, not tools."},
  {
    target: [
      ...rooms("charts", "crop", "engine", "finder", "formats", "gallery", "gate", "image", "keep", "kernels"),
      ...rooms("laboratory", "metrics", "segment", "ui")
    ],
    from: rooms("augment", "card", "classifier", "evaluation", "explorer", "home", "site", "smear"),
    message: "What pages share does not know the rooms of a page."
  }
];

const kernels = "src/components/kernels/assembly/";
/** The kernels' code is read with their compiler's types, which `npm ci` does not install and `npm run install:all` does. */
const hasCompiler = ["", kernels].some((place) => existsSync(`${place}node_modules/assemblyscript/std/assembly.json`));

export default defineConfig(
  {ignores: ["node_modules", "dist", "src/.observablehq", ".cache", ...(hasCompiler ? [] : [kernels])]},
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: {"import-x": importX},
    languageOptions: {
      globals: {...globals.browser, ...globals.node},
      parserOptions: {
        project: ["", "tests/bench/", ...(hasCompiler ? [kernels] : [])].map((path) => `${path}tsconfig.json`)
      }
    },
    settings: {
      "import-x/extensions": [".ts", ".js"],
      "import-x/parsers": {"@typescript-eslint/parser": [".ts"]},
      "import-x/resolver-next": [createNodeResolver({extensionAlias: {".js": [".ts", ".js"]}})]
    },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": ["error", {ignoreVoid: true}],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": ["error", {fixStyle: "separate-type-imports"}],
      "@typescript-eslint/no-non-null-assertion": "off",
      "import-x/order": ["error", {alphabetize: {order: "asc", caseInsensitive: true}, "newlines-between": "never"}],
      "import-x/no-duplicates": "error",
      "import-x/no-restricted-paths": ["error", {zones: forbidden}],
      "object-shorthand": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "ObjectExpression > SpreadElement > ObjectExpression",
          message: "Write the properties themselves, a line each."
        }
      ],
      "prefer-const": "error",
      eqeqeq: ["error", "always", {null: "ignore"}]
    }
  },
  {files: ["**/*.js"], extends: [tseslint.configs.disableTypeChecked]}
);
