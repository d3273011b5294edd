// Holds an OpenAPI document against Redocly's recommended rules: node lint.mjs <file>
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';

const config = await createConfig({
  extends: ['recommended'],
  // A few operations take nothing that could be wrong.
  rules: { 'operation-4xx-response': 'off' },
});
const problems = await lint({ ref: process.argv[2], config });
const totals = getTotals(problems);
formatProblems(problems, { format: 'stylish', totals, version: '', maxProblems: 100 });
console.log(`Redocly: ${totals.errors} errors, ${totals.warnings} warnings`);
process.exit(totals.errors === 0 ? 0 : 1);
