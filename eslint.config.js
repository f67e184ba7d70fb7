import js from "@eslint/js";
import {defineConfig} from "eslint/config";
import importX from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

export default defineConfig(
  {ignores: ["node_modules", "dist", "src/.observablehq", ".cache"]},
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    plugins: {"import-x": importX},
    languageOptions: {
      globals: {...globals.browser, ...globals.node},
      parserOptions: {projectService: {allowDefaultProject: ["eslint.config.js"]}}
    },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": ["error", {ignoreVoid: true}],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": ["error", {fixStyle: "separate-type-imports"}],
      "@typescript-eslint/no-non-null-assertion": "off",
      "import-x/order": ["error", {alphabetize: {order: "asc", caseInsensitive: true}, "newlines-between": "never"}],
      "import-x/no-duplicates": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      eqeqeq: ["error", "always", {null: "ignore"}]
    }
  }
);
