import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);

interface Report {
  id: string;
  message: string;
}
interface Bpmnlint {
  Linter: new (options: {
    config: { extends: string };
    resolver: unknown;
  }) => {
    lint(root: unknown): Promise<Record<string, Report[]>>;
  };
}

/** What a modeller says of a diagram: the warnings of its reader, and bpmnlint's recommended rules, as sentences. */
export async function modellerLint(xml: string): Promise<string[]> {
  const { Linter } = require('bpmnlint') as Bpmnlint;
  const NodeResolver = require('bpmnlint/lib/resolver/node-resolver') as new (options: {
    require: NodeJS.Require;
  }) => unknown;
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  const linter = new Linter({
    config: { extends: 'bpmnlint:recommended' },
    resolver: new NodeResolver({ require }),
  });
  const reports = Object.entries(await linter.lint(rootElement)).flatMap(([rule, found]) =>
    found.map(({ id, message }) => `${rule}: ${id}: ${message}`),
  );
  return [...warnings.map((warning) => (warning as Error).message), ...reports];
}
