import { defineConfig } from 'vite';

// Nothing is written into the page: the server allows neither inline scripts nor styles, so no file may become a data: address.
export default defineConfig({
  base: '/app/',
  server: { proxy: Object.fromEntries(['/api', '/static', '/procedures', '/openapi.json'].map((path) => [path, koshi()])) },
  build: {
    outDir: process.env.KOSHI_PORTAL_OUT ?? '../build/portal',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
  },
});

/** Where `koshi serve` listens while somebody works on the portal with `npm run dev`. */
function koshi(): string {
  return process.env.KOSHI_URL ?? 'http://127.0.0.1:8080';
}
