/** The directions of docs/architecture.md, as rules that fail. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^(src|packages|web)/', pathNot: [from, ...allowed].map((folder) => `^src/${folder}(/|$)`) },
});
const library = (name, owners, packages) => ({
  name,
  comment: 'Each big library lives in one folder.',
  severity: 'error',
  from: { path: '^src/', pathNot: owners.map((folder) => `^src/${folder}`) },
  to: { path: `node_modules/(${packages.join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only('domain-imports-nothing', 'domain', [], 'Rules only; time and identifiers are passed in.'),
    only('procedures-import-domain', 'procedures', ['domain'], 'Procedures know the domain only.'),
    only(
      'analytics-import-domain',
      'analytics',
      ['domain', 'store/store.ts'],
      'Measures know the domain only.',
    ),
    {
      ...only('engine-direction', 'engine', ['domain', 'procedures'], 'The engine declares what it needs.'),
      to: {
        path: '^(src|packages)/',
        pathNot: ['^src/engine/', '^src/domain/', '^src/procedures/', '^packages/bpmn-core/'],
      },
    },
    {
      ...only('store-direction', 'store', ['domain', 'procedures'], 'The store knows what it keeps.'),
      to: {
        path: '^(src|packages)/',
        pathNot: ['^src/store/', '^src/domain/', '^src/procedures/', '^packages/embedded-mongo/'],
      },
    },
    only(
      'gateways-direction',
      'gateways',
      ['domain', 'procedures', 'locales'],
      'Gateways face the world outside.',
    ),
    only('locales-direction', 'locales', ['domain'], 'Words only.'),
    {
      name: 'usecases-direction',
      comment: 'Use cases join engine, store and gateways through ports; they never see HTTP.',
      severity: 'error',
      from: { path: '^src/(usecases|handlers)/' },
      to: { path: '^src/(http|main|engine/(host|bpmnServer|bpmnCore))' },
    },
    {
      name: 'http-direction',
      comment: 'HTTP asks use cases; it never reaches store or engine.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^(src/(store|engine|handlers)/|packages/)' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'The packages know nothing of permits.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^src/' },
    },
    {
      name: 'only-main-composes',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main.ts$' },
      to: { path: '^src/main.ts$' },
    },
    {
      name: 'packages-behind-their-folder',
      comment: 'Only the engine knows the interpreter, only the store its server.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine|store)/' },
      to: { path: '^packages/' },
    },
    {
      name: 'web-knows-the-contract',
      comment:
        'The pages know the API by its contract alone; what they share with the server is data and pure rules.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^(src|packages)/', pathNot: '^src/procedures/permitModdle.json$' },
    },
    {
      name: 'spaces-are-deletable',
      comment:
        'A space is deleted by deleting its folder: another one may only link to it, or take its shared types.',
      severity: 'error',
      from: { path: '^web/src/(app|api|components|forms|documents|viewer)/' },
      to: { path: '^web/src/spaces/' },
    },
    library('mongoose-in-store', ['store'], ['mongoose']),
    library('express-in-http', ['http'], ['express', 'express-openapi-validator', 'helmet', 'busboy']),
    library('bpmn-server-in-engine', ['engine'], ['bpmn-server']),
    library('typst-in-gateways', ['gateways'], ['@myriaddreamin', '@cantoo']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)(test|e2e|dist)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
