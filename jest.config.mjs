/** Unit tests: TypeScript through swc; ESM-only packages are transformed too. */
export default {
  testEnvironment: '<rootDir>/test/helpers/environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
  moduleNameMapper: {
    '^@vessels/(.*)$': '<rootDir>/src/$1',
    // Its exports name no entry for require, which Jest uses.
    '^nifti-reader-js$': '<rootDir>/node_modules/nifti-reader-js/dist/nifti.js',
  },
  transform: {
    '^.+\\.(t|j|mj)sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@cornerstonejs|@kitware/vtk.js|d3-[a-z-]+|internmap|gl-matrix|@icr|clipper2-ts|comlink|flatqueue|nifti-reader-js|@noble|globalthis|dcmjs|lodash-es|uuid|spark-md5|onnx-buf|@bufbuild)/)',
  ],
};
