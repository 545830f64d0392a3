import js from '@eslint/js';
import ts from 'typescript-eslint';
import boundaries from 'eslint-plugin-boundaries';
import hooks from 'eslint-plugin-react-hooks';

/**
 * The rooms of the project and what each may import. Arrows go downward only:
 * mode → extension → tools → workers → {inference, centerline, metrics, dicom, interchange} → {skeleton, topology} → volume → wasm; webgpu lies
 * beside wasm and is used by inference and skeleton;
 * cli stands where workers do.
 */
const ROOMS = {
  wasm: [],
  volume: ['wasm'],
  webgpu: [],
  topology: ['volume', 'wasm'],
  skeleton: ['topology', 'volume', 'wasm', 'webgpu'],
  centerline: ['skeleton', 'topology', 'volume'],
  metrics: ['centerline', 'skeleton', 'topology', 'volume', 'wasm'],
  inference: ['topology', 'volume', 'webgpu'],
  dicom: ['volume'],
  interchange: ['volume'],
  workers: [
    'inference',
    'metrics',
    'dicom',
    'interchange',
    'centerline',
    'skeleton',
    'topology',
    'volume',
  ],
  cli: ['inference', 'metrics', 'volume'],
  tools: ['workers', 'metrics', 'dicom', 'interchange', 'centerline', 'topology', 'volume'],
};
const ALL_ROOMS = Object.keys(ROOMS);

const policy = (from, to) => ({
  from: { element: { type: from } },
  allow: { to: { element: { type: [from, ...to] } } },
});

export default ts.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.cache/',
      '.data/',
      'coverage/',
      'test-results/',
      '**/*.generated.ts',
      '**/*.generated.d.ts',
      'src/wasm/assembly/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'extension/**/*.{ts,tsx}', 'mode/**/*.ts'],
    plugins: { boundaries, 'react-hooks': hooks },
    settings: {
      'import/resolver': { typescript: { project: './tsconfig.json' } },
      'boundaries/elements': [
        ...ALL_ROOMS.map((type) => ({ type, pattern: `src/${type}` })),
        { type: 'extension', pattern: 'extension' },
        { type: 'mode', pattern: 'mode' },
      ],
    },
    rules: {
      ...hooks.configs.recommended.rules,
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...ALL_ROOMS.map((room) => policy(room, ROOMS[room])),
            policy('extension', ALL_ROOMS),
            policy('mode', ['extension']),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.{mjs,cjs}', 'viewer/**', 'test/**', 'bench/**'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'globalThis', 'require', 'module', 'Buffer', 'URL', '__dirname'].map(
          (g) => [g, 'readonly'],
        ),
      ),
    },
    rules: { 'no-console': 'off' },
  },
);
