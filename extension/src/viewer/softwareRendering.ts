/** Renderers that draw with the processor: a volume in 3-D takes seconds per frame there. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

let known: boolean | undefined;

/** Whether WebGL runs without a graphics card, as in many remote desktops. */
export function isSoftwareRendered(): boolean {
  return (known ??= SOFTWARE.test(rendererName()));
}

function rendererName(): string {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return '';
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}
